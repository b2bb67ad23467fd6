package ollamaweb.limits;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The buckets of this server, at most {@link #MOST}. One that is full tells nothing and may be forgotten; any other is kept, so
 * that nobody gets a new one by having old ones pushed out. When all of them are in use, those who are new share some.
 */
final class LocalBuckets {

    static final int MOST = 50_000;
    private static final int SHARED = 1024;
    private static final long BETWEEN_SWEEPS = Duration.ofSeconds(1).toNanos();

    private final Map<String, Taken> buckets = new ConcurrentHashMap<>();
    private final Map<Slot, Taken> shared = new ConcurrentHashMap<>();
    private final ReentrantLock sweeping = new ReentrantLock();
    private final TimeMeter time;
    private volatile long lastSweep;

    /** A bucket, and what was taken from it here since others were told. */
    record Taken(LocalBucket bucket, long capacity, AtomicLong untold) {

        boolean isFull() {
            return bucket.getAvailableTokens() >= capacity;
        }

        void took() {
            untold.incrementAndGet();
        }
    }

    /** What was taken from a bucket. */
    @FunctionalInterface
    interface Told {
        void accept(String name, long capacity, long tokens);
    }

    /** Where those meet that have no bucket of their own, each with others of the same limit. */
    private record Slot(int number, long capacity) {}

    /** @param time tells how much time has passed */
    LocalBuckets(TimeMeter time) {
        this.time = time;
        this.lastSweep = time.currentTimeNanos() - BETWEEN_SWEEPS;
    }

    /** @return the bucket of that name, or for want of room one of those that several have together */
    Taken get(String name, BucketConfiguration limit) {
        var known = buckets.get(name);
        if (known != null) {
            return known;
        }
        if (buckets.size() >= MOST) {
            sweep();
        }
        return buckets.size() < MOST
                ? buckets.computeIfAbsent(name, unknown -> made(limit))
                : shared.computeIfAbsent(new Slot(Math.floorMod(name.hashCode(), SHARED), capacity(limit)), unknown -> made(limit));
    }

    int size() {
        return buckets.size();
    }

    /** Takes from a bucket what was taken elsewhere, as far as there is so much. */
    void takenElsewhere(String name, BucketConfiguration limit, long tokens) {
        get(name, limit).bucket().tryConsumeAsMuchAsPossible(tokens);
    }

    /**
     * Tells what was taken here of buckets that are at most half full: of the others it does not matter yet.
     *
     * @param most how many buckets at once; the rest is told the next time
     * @param told is given a bucket's name and how much
     */
    void tell(int most, Told told) {
        int count = 0;
        for (var entry : buckets.entrySet()) {
            var taken = entry.getValue();
            if (taken.untold().get() == 0) {
                continue;
            }
            long missing = Math.max(0, taken.capacity() - taken.bucket().getAvailableTokens());
            long untold = taken.untold().updateAndGet(old -> Math.min(old, missing));
            if (untold > 0 && missing * 2 >= taken.capacity() && count < most) {
                taken.untold().addAndGet(-untold);
                told.accept(entry.getKey(), taken.capacity(), untold);
                count++;
            }
        }
    }

    private Taken made(BucketConfiguration limit) {
        var builder = new LocalBucketBuilder().withCustomTimePrecision(time);
        Arrays.stream(limit.getBandwidths()).forEach(builder::addLimit);
        return new Taken(builder.build(), capacity(limit), new AtomicLong());
    }

    private static long capacity(BucketConfiguration limit) {
        return limit.getBandwidths()[0].getCapacity();
    }

    /** Forgets the full ones; by one thread, and not all the time. */
    private void sweep() {
        if (time.currentTimeNanos() - lastSweep >= BETWEEN_SWEEPS && sweeping.tryLock()) {
            try {
                buckets.values().removeIf(Taken::isFull);
                lastSweep = time.currentTimeNanos();
            } finally {
                sweeping.unlock();
            }
        }
    }
}
