package ollamaweb.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import okhttp3.HttpUrl;
import ollamaweb.concurrent.Threads;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's own Ollamas. Where there are several, each is looked at every few seconds, so that a question goes to one that is
 * there, has the model, and has least to do.
 */
public final class OllamaHosts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OllamaHosts.class);
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final int HAS_IT_LOADED = 0;
    private static final int HAS_IT = 1;
    private static final int MAY_HAVE_IT = 2;
    private static final int LACKS_IT = 3;
    private static final int IS_AWAY = 4;

    private final List<HttpUrl> urls;
    private final Function<HttpUrl, ModelProvider> at;
    private final ToIntFunction<String> busy;
    private final Map<HttpUrl, Seen> seen = new ConcurrentHashMap<>();
    private final Set<HttpUrl> looking = ConcurrentHashMap.newKeySet();
    private final Executor executor = Threads.forWaiting("ollama-hosts");
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, Threads.small("ollama-hosts"));

    /** What a host said the last time; of one that did not answer, nothing is known. */
    private record Seen(boolean answers, Set<String> models, Set<String> loaded) {

        static final Seen NOTHING = new Seen(false, Set.of(), Set.of());
    }

    /**
     * @param at   makes the provider that is asked at a URL
     * @param busy tells how many answers are made or waited for at a host
     */
    public OllamaHosts(List<HttpUrl> urls, Function<HttpUrl, ModelProvider> at, ToIntFunction<String> busy) {
        this.urls = List.copyOf(urls);
        this.at = at;
        this.busy = busy;
    }

    /** Begins to look after the hosts, if there are several. */
    public void start() {
        if (areSeveral()) {
            var unused = scheduler.scheduleWithFixedDelay(this::lookAtAll, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** @return whether a URL stands for all of several hosts */
    boolean areMeantBy(HttpUrl url) {
        return areSeveral() && urls.contains(url);
    }

    boolean areSeveral() {
        return urls.size() > 1;
    }

    /**
     * @param model what is asked for
     * @return the hosts that may have it, or all if none has, the best first: that are there, have it loaded, have least to do
     */
    List<HttpUrl> inOrder(String model) {
        var key = MergedModels.key(model);
        var choices = urls.stream()
                .map(url -> new Choice(url, seen.get(url), key, busy.applyAsInt(url.toString())))
                .sorted(Comparator.comparingInt(Choice::rank).thenComparingInt(Choice::busy))
                .toList();
        boolean anyHasIt = choices.stream().anyMatch(choice -> choice.rank() <= HAS_IT);
        return choices.stream().filter(choice -> !anyHasIt || choice.rank() != LACKS_IT).map(Choice::url).toList();
    }

    /** @return those that are there, or all if none is */
    List<HttpUrl> answering() {
        var answering = urls.stream().filter(url -> !Seen.NOTHING.equals(seen.get(url))).toList();
        return answering.isEmpty() ? urls : answering;
    }

    /** How busy a host is does not change while it is compared. */
    private record Choice(HttpUrl url, int rank, int busy) {

        Choice(HttpUrl url, Seen seen, String key, int busy) {
            this(url, rankOf(seen, key), busy);
        }

        private static int rankOf(Seen seen, String key) {
            if (seen == null) { // not looked at yet
                return MAY_HAVE_IT;
            }
            if (!seen.answers()) {
                return IS_AWAY;
            }
            if (seen.models().contains(key)) {
                return seen.loaded().contains(key) ? HAS_IT_LOADED : HAS_IT;
            }
            return LACKS_IT;
        }
    }

    /** A host that did not answer somebody is taken for gone until it is looked at again. */
    void isAway(HttpUrl url) {
        seen.put(url, Seen.NOTHING);
    }

    private void lookAtAll() {
        for (var url : urls) {
            if (looking.add(url)) {
                executor.execute(() -> lookAt(url));
            }
        }
    }

    private void lookAt(HttpUrl url) {
        try {
            var provider = at.apply(url);
            var loaded = keys(provider.running());
            var models = keys(provider.models());
            var before = seen.put(url, new Seen(true, models, loaded));
            if (before != null && !before.answers()) {
                log.info("Ollama at {} answers again", url);
            }
        } catch (ProviderException e) {
            var before = seen.put(url, Seen.NOTHING);
            if (before == null || before.answers()) {
                log.warn("Ollama at {} does not answer, others are asked: {}", url, e.getMessage());
            }
        } catch (RuntimeException e) {
            log.error("Ollama at {} could not be looked at", url, e);
        } finally {
            looking.remove(url);
        }
    }

    private static Set<String> keys(List<JsonNode> models) {
        var names = new HashSet<String>();
        models.forEach(model -> names.add(MergedModels.key(model.path("name").asText())));
        return names;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
