package ollamaweb.cluster;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TimeoutException;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Buckets that all servers of a database take from, in Redis: what one takes the others see at once. They are gone with Redis,
 * and with time once they are full again.
 */
public final class SharedBuckets {

    /** Beyond the moment at which a bucket is full again, which is as good as none. */
    private static final Duration KEPT_LONGER = Duration.ofSeconds(10);
    /** While Redis is away nobody waits for it but one request after each of these. */
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    /** Many who take from the same bucket at the same time have to try again. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    private static final int ASKING_AT_ONCE = 5;
    private static final long LONGEST_WAIT_MILLIS = 100;

    private final RedisLink redis;
    private final ProxyManager<byte[]> buckets;
    /** Fewer than there are connections; while Redis hangs, no more wait for it than these. */
    private final Semaphore places = new Semaphore(ASKING_AT_ONCE);
    private final AtomicLong nextTry = new AtomicLong(System.nanoTime());
    private volatile boolean answers = true;

    SharedBuckets(RedisLink redis, Clock clock) {
        this.redis = redis;
        this.buckets = Bucket4jJedis.casBasedBuilder(redis.client())
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_LONGER))
                .clientClock(wallClock(clock))
                .requestTimeout(LONGEST)
                .build();
    }

    /**
     * Takes a token, if there is one.
     *
     * @return empty if it was not to be had in time, or while Redis is away, which is asked again every other second
     */
    public Optional<ConsumptionProbe> take(String name, BucketConfiguration limit) {
        if (!answers && !isTimeToTry() || !hasPlace()) {
            return Optional.empty();
        }
        try {
            return asked(name, limit);
        } finally {
            places.release();
        }
    }

    private Optional<ConsumptionProbe> asked(String name, BucketConfiguration limit) {
        var probe = new AtomicReference<ConsumptionProbe>();
        try {
            answers = redis.attempt(() -> probe.set(taken(name, limit)));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
        if (!answers) {
            nextTry.set(System.nanoTime() + BETWEEN_TRIES.toNanos());
        }
        return Optional.ofNullable(probe.get());
    }

    /** @return whether Redis answered when it was asked last */
    public boolean answers() {
        return answers;
    }

    private ConsumptionProbe taken(String name, BucketConfiguration limit) {
        var key = redis.key("limit:" + name).getBytes(StandardCharsets.UTF_8);
        return buckets.builder().build(key, () -> limit).tryConsumeAndReturnRemaining(1);
    }

    private boolean hasPlace() {
        try {
            return places.tryAcquire(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isTimeToTry() {
        long due = nextTry.get();
        long now = System.nanoTime();
        return now - due >= 0 && nextTry.compareAndSet(due, now + BETWEEN_TRIES.toNanos());
    }

    /** The servers' clocks may differ by some seconds, and so may what they make of the time that has passed. */
    private static TimeMeter wallClock(Clock clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
