package ollamaweb.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import ollamaweb.concurrent.Threads;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;

/** The lists of models of all places, remembered for five minutes. Of a place that does not answer, what was known is kept. */
final class ModelLists {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    /** After a failure nobody waits for a place any more, and it is asked again after so long. */
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** As long as one place may keep the others waiting. */
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int MOST = 10_000;

    private final SharedLoads<ModelSource, List<JsonNode>> lists;
    private final Cache<ModelSource, Known> known;
    private final Ticker ticker;
    private final Executor executor = Threads.forWaiting("model-lists");

    /** What one place has said. */
    private static final class Known {
        private volatile List<JsonNode> models;
        private volatile RuntimeException failure;
        private volatile long failedAt;
        private CompletableFuture<List<JsonNode>> asked;
    }

    /**
     * The models of one place.
     *
     * @param answers whether it answered the last time
     */
    record Listed(ModelSource source, List<JsonNode> models, boolean answers) {}

    /** @param ticker tells the age of what is remembered */
    ModelLists(Function<ModelSource, ModelProvider> providers, Ticker ticker) {
        this.ticker = ticker;
        this.lists = new SharedLoads<>(Caffeine.newBuilder().ticker(ticker).maximumSize(MOST).expireAfterWrite(REMEMBERED_FOR).build(),
                source -> named(source, providers.apply(source).models()));
        this.known = Caffeine.newBuilder().maximumSize(MOST).build();
    }

    /**
     * @param refresh whether to ask even if the answer is remembered
     * @return the models of the one place there is
     * @throws ProviderException if it has to be asked and does not answer
     */
    List<JsonNode> of(ModelSource source, boolean refresh) {
        return refresh ? lists.load(source) : lists.get(source);
    }

    /**
     * Asks all side by side where it has to; no place keeps the others waiting for more than 2 seconds, and none that has failed before.
     *
     * @return those that have said something ever, in their order
     */
    List<Listed> of(List<ModelSource> sources, boolean refresh) {
        var asked = new LinkedHashMap<ModelSource, CompletableFuture<List<JsonNode>>>();
        for (var source : sources) {
            var mine = ask(source, refresh);
            if (mine != null) {
                asked.put(source, mine);
            }
        }
        await(asked);
        var found = new ArrayList<Listed>();
        for (var source : sources) {
            var said = known.get(source, newcomer -> new Known());
            if (said.models != null) {
                found.add(new Listed(source, said.models, said.failure == null));
            }
        }
        return found;
    }

    /** @throws ProviderException if none of the places has ever said what it has: why the first did not */
    void requireAny(List<ModelSource> sources) {
        var first = known.get(sources.get(0), newcomer -> new Known());
        if (first.failure != null && sources.stream().allMatch(source -> known.get(source, newcomer -> new Known()).models == null)) {
            throw first.failure;
        }
    }

    /** @return what is to be waited for, or null */
    private CompletableFuture<List<JsonNode>> ask(ModelSource source, boolean refresh) {
        var said = known.get(source, newcomer -> new Known());
        var remembered = lists.peek(source);
        if (remembered != null && !refresh) {
            said.models = remembered;
            said.failure = null;
            return null;
        }
        boolean failed = said.failure != null;
        if (failed && !refresh && ticker.read() - said.failedAt < PAUSE.toNanos()) {
            return null;
        }
        var asked = begin(source, said);
        return refresh || said.models == null && !failed ? asked : null;
    }

    private CompletableFuture<List<JsonNode>> begin(ModelSource source, Known said) {
        synchronized (said) {
            if (said.asked == null || said.asked.isDone()) {
                said.asked = CompletableFuture.supplyAsync(() -> lists.load(source), executor).whenComplete((models, failure) -> {
                    if (models != null) {
                        said.models = models;
                        said.failure = null;
                    } else {
                        said.failedAt = ticker.read();
                        said.failure = cause(failure);
                    }
                });
            }
            return said.asked;
        }
    }

    private static RuntimeException cause(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /** A place that is too slow has failed, until it has said something. */
    private void await(Map<ModelSource, CompletableFuture<List<JsonNode>>> asked) {
        long end = System.nanoTime() + LIMIT.toNanos();
        asked.forEach((source, answer) -> {
            try {
                answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                var said = known.get(source, newcomer -> new Known());
                said.failedAt = ticker.read();
                said.failure = ProviderException.unreachable(source.title(), e);
            } catch (ExecutionException e) {
                // What was known of it is shown.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void forget(ModelSource source) {
        lists.forget(source);
        known.invalidate(source);
    }

    void forgetAll() {
        lists.forgetAll(source -> true);
        known.invalidateAll();
    }

    /** Each entry says where its model is. */
    private static List<JsonNode> named(ModelSource source, List<JsonNode> models) {
        models.forEach(model -> {
            if (model instanceof ObjectNode entry) {
                entry.put("upstream", source.name());
            }
        });
        return models;
    }
}
