package ollamaweb.chat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.providers.ProviderException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done for the answers in the making twice a second: silent models are given up and silent followers pinged, what
 * is new is saved, and the rows are looked after. Each has a thread of its own, so that a database that does not answer
 * holds up no ping.
 */
final class GenerationWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GenerationWatch.class);

    /** Answers are saved twice a second, so that with the write itself no more than a second of one can be lost. */
    private static final Duration TICK = Duration.ofMillis(500);
    /** One for each duty and one for those who wait for a moment only. */
    private static final int THREADS = 4;
    private static final long FIRST_POLL_MILLIS = 10;
    private static final long LONGEST_POLL_MILLIS = 200;

    private final Map<Long, Generation> running;
    private final GenerationStore store;
    private final long idleTimeoutNanos;
    private volatile LongConsumer pings = now -> {};
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(THREADS, Threads.small("answer-watch"));

    /** @param idleTimeout how long Ollama may be silent before an answer is given up */
    GenerationWatch(Map<Long, Generation> running, GenerationStore store, Duration idleTimeout) {
        this.running = running;
        this.store = store;
        this.idleTimeoutNanos = idleTimeout.toNanos();
        scheduler.setRemoveOnCancelPolicy(true);
    }

    /** Begins, with all its threads: later there may be none to be had. */
    void start() {
        scheduler.prestartAllCoreThreads();
        repeat("Watching over", this::watchAll);
        repeat("Saving", () -> store.saveGrown(running.values()));
        repeat("Looking after the rows of", () -> store.compareWithRows(running));
    }

    /** @return what the future gives, or null if it has not given it after so long */
    <T> CompletableFuture<T> within(Duration limit, CompletableFuture<T> future) {
        var waiting = new CompletableFuture<T>();
        var timeout = scheduler.schedule(() -> waiting.complete(null), limit.toMillis(), TimeUnit.MILLISECONDS);
        var unused = future.thenAccept(value -> {
            timeout.cancel(false);
            waiting.complete(value);
        });
        return waiting;
    }

    /** @return the first answer that is not null, or null if there is none after so long */
    <T> CompletableFuture<T> poll(Duration limit, Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        poll(System.nanoTime() + limit.toNanos(), FIRST_POLL_MILLIS, question, answer);
        return answer;
    }

    private <T> void poll(long deadline, long pauseMillis, Supplier<T> question, CompletableFuture<T> answer) {
        var unused = scheduler.schedule(() -> {
            try {
                var found = question.get();
                if (found != null || System.nanoTime() > deadline) {
                    answer.complete(found);
                } else {
                    poll(deadline, Math.min(2 * pauseMillis, LONGEST_POLL_MILLIS), question, answer);
                }
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }, pauseMillis, TimeUnit.MILLISECONDS);
    }

    /** Has it done by a thread that may wait for the database. */
    void soon(Runnable task) {
        scheduler.execute(() -> tryTo("Ending", task));
    }

    /** Has one more duty done twice a second, and followers pinged that are not those of this server's own answers. */
    void addDuty(String name, Runnable task, LongConsumer morePings) {
        pings = morePings;
        scheduler.setCorePoolSize(THREADS + 1);
        repeat(name, task);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void repeat(String duty, Runnable task) {
        var unused = scheduler.scheduleWithFixedDelay(() -> tryTo(duty, task), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tryTo(String duty, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Quietly.run(() -> log.error("{} {} answers failed, will try again", duty, running.size(), e));
        }
    }

    private void watchAll() {
        long now = System.nanoTime();
        running.values().forEach(generation -> watch(generation, now));
        pings.accept(now);
    }

    private void watch(Generation generation, long now) {
        if (generation.silence(now) > idleTimeoutNanos) {
            generation.end(Outcome.failed(new ProviderException(ProviderException.Reason.SILENT,
                    generation.server() + " has been silent for too long")));
        }
        generation.followers().pingSilent(now);
    }
}
