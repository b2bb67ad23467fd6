package ollamaweb.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;
import ollamaweb.upstreams.Upstreams;

/** Who makes each user's answers: the user's Ollama, or an upstream that has the model. */
public final class ModelProviders {

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_USERS = 10_000;

    private final OllamaUrls urls;
    private final OllamaHosts hosts;
    private final Upstreams upstreams;
    private final Function<ModelSource, ModelProvider> at;
    private final ModelLists lists;
    private final Cache<Long, MergedModels> merged = Caffeine.newBuilder().maximumSize(MAX_USERS).build();

    /**
     * @param hosts  the server's own Ollamas
     * @param at     makes the provider that is asked at a place
     * @param ticker tells the age of what is remembered
     */
    public ModelProviders(OllamaUrls urls, OllamaHosts hosts, Upstreams upstreams, Function<ModelSource, ModelProvider> at, Ticker ticker) {
        this.urls = urls;
        this.hosts = hosts;
        this.upstreams = upstreams;
        this.at = at;
        this.lists = new ModelLists(this::at, ticker);
    }

    /**
     * Where all models are at one place, that is the one, and nothing is asked. Else the lists decide, which are remembered; a place
     * that is asked for the first time may take 2 seconds.
     *
     * @param model tells what is asked for, or null; asked only where it matters
     * @throws ProviderException if what the database holds of the user's Ollama is no URL
     */
    public ModelTarget target(long userId, Supplier<String> model) {
        var sources = sources(userId);
        var own = sources.get(0);
        if (sources.size() == 1) {
            return isPool(own) ? ofPool(model.get()) : ModelTarget.only(own, at(own));
        }
        var name = model.get();
        if (name == null) {
            return isPool(own) ? ofPool(null) : ModelTarget.only(own, at(own));
        }
        var place = merged(userId, sources, false).find(name).orElseGet(() -> named(sources, name));
        boolean isSame = place.source().isOllama() && MergedModels.key(place.model()).equals(MergedModels.key(name));
        return isPool(place.source())
                ? ofPool(name)
                : new ModelTarget(place.source(), at(place.source()), name, isSame ? name : place.model(), null);
    }

    /** @return the host that should be asked, and then those that may be asked in its place */
    private ModelTarget ofPool(String name) {
        ModelTarget target = null;
        var order = hosts.inOrder(name == null ? "" : name);
        for (int i = order.size() - 1; i >= 0; i--) {
            var host = ModelSource.own(0, order.get(i));
            target = new ModelTarget(host, at.apply(host), null, null, target);
        }
        return target;
    }

    private boolean isPool(ModelSource source) {
        return source.upstream() == null && hosts.areMeantBy(source.url());
    }

    /** A host did not answer: until it is looked at again, others are asked. */
    public void isAway(ModelTarget target) {
        if (isPool(target.source())) {
            hosts.isAway(target.source().url());
        }
    }

    /** @return where a name leads that is not listed: to the place that stands before its slash, else to the user's Ollama */
    private static MergedModels.Place named(List<ModelSource> sources, String name) {
        for (var source : sources) {
            var prefix = source.name() + "/";
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                return new MergedModels.Place(source, name.substring(prefix.length()));
            }
        }
        return new MergedModels.Place(sources.get(0), name);
    }

    /** @return whether the user has models at more than one place */
    public boolean hasSeveral(long userId) {
        return !upstreams.of(userId).isEmpty() || hosts.areSeveral() && hosts.areMeantBy(urls.of(userId));
    }

    /**
     * @param refresh whether to ask even if the answers are remembered
     * @return the user's models, as {@code GET /api/tags} describes them; each says at which {@code upstream} it is
     * @throws ProviderException if nobody has answered ever
     */
    public List<JsonNode> models(long userId, boolean refresh) {
        var sources = sources(userId);
        return sources.size() == 1 ? lists.of(sources.get(0), refresh) : entries(userId, sources, refresh);
    }

    private List<JsonNode> entries(long userId, List<ModelSource> sources, boolean refresh) {
        var entries = merged(userId, sources, refresh).entries();
        if (entries.isEmpty()) {
            lists.requireAny(sources);
        }
        return entries;
    }

    /**
     * @return the models that are loaded at all of the server's Ollamas together; empty where the user's Ollama is a single one
     * @throws ProviderException if none of them answers
     */
    public Optional<List<JsonNode>> runningInPool(long userId) {
        if (!hosts.areSeveral()) {
            return Optional.empty();
        }
        var own = ModelSource.own(userId, urls.of(userId));
        return isPool(own) ? Optional.of(at(own).running()) : Optional.empty();
    }

    /** @return where the user's own Ollama is; where several stand for it, all that are there */
    public List<HttpUrl> ollamas(long userId) {
        var url = urls.of(userId);
        return hosts.areMeantBy(url) ? hosts.answering() : List.of(url);
    }

    /** @return the same, by what it is known, whichever of several are there */
    public String ollamaName(long userId) {
        return urls.of(userId).toString();
    }

    void forgetAll() {
        lists.forgetAll();
    }

    void forget(List<ModelSource> sources) {
        sources.forEach(lists::forget);
    }

    private MergedModels merged(long userId, List<ModelSource> sources, boolean refresh) {
        var found = lists.of(sources, refresh);
        var before = merged.getIfPresent(userId);
        if (before != null && before.isOf(found)) {
            return before;
        }
        var now = new MergedModels(found);
        merged.put(userId, now);
        return now;
    }

    /** @return the user's own Ollama, and then upstreams in their order */
    List<ModelSource> sources(long userId) {
        var own = ModelSource.own(userId, urls.of(userId));
        var more = upstreams.of(userId);
        if (more.isEmpty()) {
            return List.of(own);
        }
        var sources = new ArrayList<ModelSource>(List.of(own));
        more.forEach(upstream -> sources.add(ModelSource.of(userId, upstream)));
        return sources;
    }

    /** @return the one that the server's settings name */
    public ModelProvider own() {
        return at(ModelSource.own(0, urls.own()));
    }

    /** As {@link #answers}, of the one that the server's settings name. */
    public boolean ownAnswers() {
        return own().answers(PROBE_TIMEOUT);
    }

    /** @return whether the user's Ollama is there; known after 5 seconds at the latest */
    public boolean answers(long userId) {
        return at(ModelSource.own(userId, urls.of(userId))).answers(PROBE_TIMEOUT);
    }

    ModelProvider at(ModelSource source) {
        return isPool(source) ? new OllamaPool(hosts, url -> at.apply(ModelSource.own(0, url))) : at.apply(source);
    }
}
