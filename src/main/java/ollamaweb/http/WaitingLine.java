package ollamaweb.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Places of which there are few; who finds none waits in line, without a thread, for a limited time. The line itself has
 * an end, and nobody can fill it alone.
 */
final class WaitingLine {

    /** A part of the line is as much as one account gets. */
    private static final int SHARES = 4;

    private record Waiting(long owner, CompletableFuture<Boolean> turn) {}

    private final int mostWaiting;
    private final long limitMillis;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
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

    /**
     * @param owner for whose account
     * @return done, on any thread, with whether there is a place; false at once when too many wait already, at all or for
     *         this account
     */
    synchronized CompletableFuture<Boolean> enter(long owner) {
        if (tryEnter()) {
            return CompletableFuture.completedFuture(true);
        }
        waiting.removeIf(each -> each.turn().isDone());
        if (waiting.size() >= mostWaiting || waiting.stream().filter(each -> each.owner() == owner).count() >= mostWaiting / SHARES) {
            return CompletableFuture.completedFuture(false);
        }
        var turn = new CompletableFuture<Boolean>();
        waiting.add(new Waiting(owner, turn));
        return turn.completeOnTimeout(false, limitMillis, TimeUnit.MILLISECONDS);
    }

    /** Gives the place to the one who has waited longest. */
    void leave() {
        for (Waiting next; (next = nextOrFree()) != null;) {
            if (next.turn().complete(true)) {
                return;
            }
        }
    }

    private synchronized Waiting nextOrFree() {
        var next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
