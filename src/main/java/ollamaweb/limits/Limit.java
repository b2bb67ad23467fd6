package ollamaweb.limits;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How many requests of a kind there may be within a minute.
 *
 * @param policy    what it is called in the header {@code RateLimit-Policy}
 * @param perMinute at least 1
 */
record Limit(String policy, int perMinute, BucketConfiguration configuration) {

    static final Duration WINDOW = Duration.ofMinutes(1);

    static Limit of(String policy, int perMinute) {
        return new Limit(policy, perMinute, BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WINDOW)).build());
    }

    /** @return the name of somebody's bucket */
    String bucketOf(Object who) {
        return policy + ":" + who;
    }
}
