package ollamaweb.health;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import ollamaweb.concurrent.Threads;

/** A question that may take forever, asked once for all who want to know meanwhile, and given up in time. */
final class Probe {

    private static final String THE_QUESTION = "";
    private static final Executor ONE_THREAD_EACH = task -> Threads.daemon("health-probe", task).start();

    private final Duration timeout;
    private final AsyncLoadingCache<String, Boolean> answer;

    /** @param rememberedFor how long an answer counts for the next who asks */
    Probe(BooleanSupplier question, Duration timeout, Duration rememberedFor, Ticker ticker) {
        this.timeout = timeout;
        this.answer = Caffeine.newBuilder()
                .ticker(ticker)
                .executor(ONE_THREAD_EACH)
                .expireAfterWrite(rememberedFor)
                .buildAsync(theQuestion -> question.getAsBoolean());
    }

    /** @return what holds; false after the timeout has run out */
    CompletableFuture<Boolean> ask() {
        return answer.get(THE_QUESTION)
                .exceptionally(failure -> false)
                .completeOnTimeout(false, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
