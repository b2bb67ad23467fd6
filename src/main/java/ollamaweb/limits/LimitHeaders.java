package ollamaweb.limits;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The headers {@code RateLimit} and {@code RateLimit-Policy} as draft-ietf-httpapi-ratelimit-headers has them: lists of
 * structured fields, an item for each limit that the request is counted against.
 */
final class LimitHeaders {

    static final String LIMIT = "RateLimit";
    static final String POLICY = "RateLimit-Policy";
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final StringBuilder limits = new StringBuilder();
    private final StringBuilder policies = new StringBuilder();

    /**
     * @param remaining how much is left
     * @param reset     in how much time all of it is there again
     */
    void add(Limit limit, long remaining, Duration reset) {
        add(limit.policy(), limit.perMinute(), Limit.WINDOW, null, remaining, reset);
    }

    /** As the other, of a limit of its own kind. */
    void add(String policy, long quota, Duration window, String unit, long remaining, Duration reset) {
        if (!limits.isEmpty()) {
            limits.append(", ");
            policies.append(", ");
        }
        limits.append('"').append(policy).append("\";r=").append(Math.max(0, remaining)).append(";t=").append(seconds(reset));
        policies.append('"').append(policy).append("\";q=").append(quota).append(";w=").append(window.toSeconds());
        if (unit != null) {
            policies.append(";qu=\"").append(unit).append('"');
        }
    }

    /** Puts what was added on the answer. */
    void put(Context ctx) {
        if (!limits.isEmpty()) {
            ctx.header(LIMIT, limits.toString());
            ctx.header(POLICY, policies.toString());
        }
    }

    /** @return whole seconds, of which a begun one is one */
    static int seconds(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, (time.toNanos() + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
    }
}
