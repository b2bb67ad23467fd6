package ollamaweb.auth;

import java.util.Arrays;

/** The times of the failures within a window that slides, oldest first; in seconds, not safe for many threads. */
final class RecentFailures {

    private final int windowSeconds;
    private int[] times = new int[4];
    private int size;

    RecentFailures(int windowSeconds) {
        this.windowSeconds = windowSeconds;
    }

    int count(int now) {
        int old = 0;
        while (old < size && now - times[old] >= windowSeconds) {
            old++;
        }
        drop(0, old);
        return size;
    }

    void add(int now) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
        }
        times[size++] = now;
    }

    /** @return whether none is left */
    boolean remove(int time) {
        for (int i = size - 1; i >= 0; i--) {
            if (times[i] == time) {
                drop(i, i + 1);
                break;
            }
        }
        return size == 0;
    }

    /** @return in how many seconds there will be fewer than {@code limit}; 0 for now */
    int secondsToWait(int limit, int now) {
        return count(now) < limit ? 0 : times[size - limit] + windowSeconds - now;
    }

    private void drop(int from, int to) {
        System.arraycopy(times, to, times, from, size - to);
        size -= to - from;
    }
}
