package ollamaweb.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Places of which there are few; who finds none waits in line, without a thread, for a limited time. The line itself has
 * an end.
 */
final class WaitingLine {

    private final int mostWaiting;
    private final long limitMillis;
    private final Queue<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();
    private int free;

    /** @param limitMillis how long anybody waits */
    WaitingLine(int places, int mostWaiting, long limitMillis) {
        this.free = places;
        this.mostWaiting = mostWaiting;
        this.limitMillis = limitMillis;
    }

    /** @return whether there was a place; it is to be {@link #leave left} */
    synchronized boolean tryEnter() {
        if (free == 0) {
            return false;
        }
        free--;
        return true;
    }

    /** @return done, on any thread, with whether there is a place; false at once when too many wait already */
    synchronized CompletableFuture<Boolean> enter() {
        if (tryEnter()) {
            return CompletableFuture.completedFuture(true);
        }
        waiting.removeIf(CompletableFuture::isDone);
        if (waiting.size() >= mostWaiting) {
            return CompletableFuture.completedFuture(false);
        }
        var turn = new CompletableFuture<Boolean>();
        waiting.add(turn);
        return turn.completeOnTimeout(false, limitMillis, TimeUnit.MILLISECONDS);
    }

    /** Gives the place to the one who has waited longest. */
    void leave() {
        for (CompletableFuture<Boolean> next; (next = nextOrFree()) != null;) {
            if (next.complete(true)) {
                return;
            }
        }
    }

    private synchronized CompletableFuture<Boolean> nextOrFree() {
        var next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
