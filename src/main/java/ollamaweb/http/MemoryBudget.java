package ollamaweb.http;

import java.util.HashMap;
import java.util.Map;

/**
 * How much memory requests may take together. Those without sign-in have a quarter of it, one account at most a half, so
 * that neither leaves nothing to everybody else.
 */
final class MemoryBudget {

    /** In place of an account, for all who are not signed in. */
    static final long ANONYMOUS = -1;

    private final long total;
    private final Map<Long, Long> takenBy = new HashMap<>();
    private long taken;

    /** @param total in bytes */
    MemoryBudget(long total) {
        this.total = total;
    }

    /** @return whether there was so much left; it is to be given back */
    synchronized boolean take(long owner, long bytes) {
        long own = takenBy.getOrDefault(owner, 0L) + bytes;
        if (taken + bytes > total || own > total / (owner == ANONYMOUS ? 4 : 2)) {
            return false;
        }
        taken += bytes;
        takenBy.put(owner, own);
        return true;
    }

    /** As {@link #take}, but whoever is the only one may take whatever there is to take. */
    synchronized boolean takeOrOnly(long owner, long bytes) {
        if (taken == 0) {
            taken = bytes;
            takenBy.put(owner, bytes);
            return true;
        }
        return take(owner, bytes);
    }

    synchronized void giveBack(long owner, long bytes) {
        taken -= bytes;
        takenBy.computeIfPresent(owner, (key, own) -> own == bytes ? null : own - bytes);
    }
}
