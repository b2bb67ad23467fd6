package ollamaweb.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ProviderException.Reason;

/** The models of each user's Ollama, remembered for five minutes. */
public final class ModelCatalogue {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    private static final Duration LOADED_FOR = Duration.ofSeconds(5);
    private static final int MAX_USERS = 10_000;
    private static final String DEFAULT_TAG = ":latest";

    private final ModelProviders providers;
    private final OllamaUrls ollamaUrls;
    private final SharedLoads<Source, List<JsonNode>> lists;
    private final SharedLoads<Model, Set<String>> abilities;
    private final SharedLoads<Source, List<JsonNode>> running;

    /** Of whom, and from where: a user who moves to another Ollama sees its models at once. */
    private record Source(long userId, HttpUrl ollama) {}

    private record Model(Source source, String name) {}

    /** @param ticker tells the age of what is remembered */
    public ModelCatalogue(ModelProviders providers, OllamaUrls ollamaUrls, Ticker ticker) {
        this.providers = providers;
        this.ollamaUrls = ollamaUrls;
        this.lists = new SharedLoads<>(
                Caffeine.newBuilder().ticker(ticker).maximumSize(MAX_USERS).expireAfterWrite(REMEMBERED_FOR).build(),
                source -> providers.at(source.ollama()).models());
        this.running = new SharedLoads<>(
                Caffeine.newBuilder().ticker(ticker).maximumSize(MAX_USERS).expireAfterWrite(LOADED_FOR).build(),
                source -> running(providers.at(source.ollama())));
        this.abilities = new SharedLoads<>(
                Caffeine.newBuilder().ticker(ticker).maximumSize(MAX_USERS).expireAfterWrite(REMEMBERED_FOR).build(),
                model -> abilities(providers.at(model.source().ollama()).show(model.name())));
    }

    /**
     * @param refresh whether to ask Ollama even if its answer is remembered
     * @throws ProviderException if it has to be asked and does not answer
     */
    List<JsonNode> list(long userId, boolean refresh) {
        var source = source(userId);
        return refresh ? lists.load(source) : lists.get(source);
    }

    /**
     * @return all that Ollama tells of the model, or its entry in the list when it does not tell more
     * @throws ProviderException if there is no such model, or no Ollama
     */
    JsonNode show(long userId, String name) {
        try {
            return providers.of(userId).show(name);
        } catch (ProviderException e) {
            if (e.reason() == Reason.UNREACHABLE || e.reason() == Reason.FORBIDDEN_ADDRESS) {
                throw e;
            }
            return list(userId, false).stream()
                    .filter(model -> tagged(model.path("name").asText()).equalsIgnoreCase(tagged(name)))
                    .findFirst()
                    .orElseThrow(() -> ProviderException.modelNotFound(name));
        }
    }

    /**
     * @param ability one of those that Ollama names: {@code thinking}, {@code vision}, {@code tools}
     * @return whether the model has it; true as well if that cannot be found out within 10 seconds
     */
    public boolean can(long userId, String model, String ability) {
        try {
            var known = abilities.get(new Model(source(userId), model));
            return known.isEmpty() || known.contains(ability);
        } catch (ProviderException e) {
            return true;
        }
    }

    /**
     * @return what the model's server tells of it while it is loaded, as {@code GET /api/ps} does; known after a second at the latest
     */
    public Optional<JsonNode> loaded(long userId, String name) {
        return running.get(source(userId)).stream()
                .filter(model -> tagged(model.path("name").asText()).equalsIgnoreCase(tagged(name)))
                .findFirst();
    }

    private static List<JsonNode> running(ModelProvider provider) {
        try {
            return provider.running();
        } catch (ProviderException e) {
            return List.of();
        }
    }

    private static Set<String> abilities(JsonNode shown) {
        var named = new HashSet<String>();
        shown.path("capabilities").forEach(ability -> named.add(ability.asText()));
        return named;
    }

    /** Has the user's list asked for again the next time. */
    public void forget(long userId) {
        var source = source(userId);
        lists.forget(source);
        abilities.forgetAll(model -> model.source().equals(source));
    }

    /** As {@link #forget}, for everybody: a model was added, deleted or unloaded. */
    public void forgetAll() {
        lists.forgetAll(source -> true);
        abilities.forgetAll(model -> true);
        running.forgetAll(source -> true);
    }

    private Source source(long userId) {
        return new Source(userId, ollamaUrls.of(userId));
    }

    /** @return the name with its tag: Ollama's lists always show it; people leave it out */
    public static String tagged(String name) {
        return name.indexOf(':', name.lastIndexOf('/') + 1) < 0 ? name + DEFAULT_TAG : name;
    }
}
