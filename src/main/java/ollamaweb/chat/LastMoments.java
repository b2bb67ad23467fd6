package ollamaweb.chat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import ollamaweb.concurrent.Threads;

/** What a server that stops gives answers that were ended for it. */
final class LastMoments {

    private static final Duration SAVE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(2);

    private LastMoments() {}

    /** Waits until they are saved and their followers have heard of it, for 7 seconds at most. */
    static void await(List<Generation> ended) {
        awaitSaved(CompletableFuture.allOf(ended.stream().map(Generation::saved).toArray(CompletableFuture[]::new)));
        long drainDeadline = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
        while (ended.stream().anyMatch(generation -> !generation.followers().isEmpty()) && System.nanoTime() < drainDeadline) {
            Threads.pause(Duration.ofMillis(10));
        }
    }

    private static void awaitSaved(CompletableFuture<Void> all) {
        try {
            all.get(SAVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What could not be saved in time is marked as interrupted at the next start.
        }
    }
}
