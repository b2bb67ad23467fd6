package ollamaweb.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ProviderException.Reason;

/** The models of each user's Ollama and upstreams, remembered for five minutes. */
public final class ModelCatalogue {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    private static final Duration LOADED_FOR = Duration.ofSeconds(5);
    private static final int MAX_USERS = 10_000;

    private final ModelProviders providers;
    private final SharedLoads<Model, Set<String>> abilities;
    private final SharedLoads<ModelSource, List<JsonNode>> running;

    private record Model(ModelSource source, String name) {}

    /** @param ticker tells the age of what is remembered */
    public ModelCatalogue(ModelProviders providers, Ticker ticker) {
        this.providers = providers;
        this.running = new SharedLoads<>(
                Caffeine.newBuilder().ticker(ticker).maximumSize(MAX_USERS).expireAfterWrite(LOADED_FOR).build(),
                source -> running(providers.at(source)));
        this.abilities = new SharedLoads<>(
                Caffeine.newBuilder().ticker(ticker).maximumSize(MAX_USERS).expireAfterWrite(REMEMBERED_FOR).build(),
                model -> abilities(providers.at(model.source()).show(model.name())));
    }

    /**
     * @param refresh whether to ask even if the answers are remembered
     * @throws ProviderException if nobody has answered ever
     */
    List<JsonNode> list(long userId, boolean refresh) {
        return providers.models(userId, refresh);
    }

    /**
     * @return all that Ollama tells of the model, or its entry in the list when it does not tell more
     * @throws ProviderException if there is no such model, or no Ollama
     */
    JsonNode show(long userId, String name) {
        try {
            var model = model(userId, name);
            return providers.at(model.source()).show(model.name());
        } catch (ProviderException e) {
            if (e.reason() == Reason.UNREACHABLE || e.reason() == Reason.FORBIDDEN_ADDRESS) {
                throw e;
            }
            return list(userId, false).stream()
                    .filter(model -> MergedModels.key(model.path("name").asText()).equals(MergedModels.key(name)))
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
            var known = abilities.get(model(userId, model));
            return known.isEmpty() || known.contains(ability);
        } catch (ProviderException e) {
            return true;
        }
    }

    /**
     * @return what the model's server tells of it while it is loaded, as {@code GET /api/ps} does; known after a second at the latest
     */
    public Optional<JsonNode> loaded(long userId, String name) {
        var asked = model(userId, name);
        return running.get(asked.source()).stream()
                .filter(model -> MergedModels.key(model.path("name").asText()).equals(MergedModels.key(asked.name())))
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

    /** Has the user's lists asked for again the next time. */
    public void forget(long userId) {
        var sources = providers.sources(userId);
        providers.forget(sources);
        abilities.forgetAll(model -> sources.contains(model.source()));
    }

    /** As {@link #forget}, for everybody: a model was added, deleted or unloaded. */
    public void forgetAll() {
        providers.forgetAll();
        abilities.forgetAll(model -> true);
        running.forgetAll(source -> true);
    }

    /** @return the name with its tag: Ollama's lists always show it; people leave it out */
    public static String tagged(String name) {
        return MergedModels.tagged(name);
    }

    private Model model(long userId, String name) {
        var target = providers.target(userId, () -> name);
        return new Model(target.source(), target.model() == null ? name : target.model());
    }
}
