package ollamaweb.metrics;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Requests by method, route and class of status. A route is the pattern that was registered, so there are as many as the API has,
 * whatever is asked for. Event streams are counted apart: how long they were open says nothing about how quick the server is.
 */
final class RequestMetrics {

    private static final String UNMATCHED = "unmatched";
    private static final Duration[] BUCKETS = {Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(100),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5)};

    private final Map<Labels, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    private record Labels(String method, String route, int statusClass, boolean streamed) {}

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void ended(Context ctx, float milliseconds) {
        var endpoint = ctx.endpoints().matchedHttpEndpoint();
        var labels = new Labels(ctx.method().name(), endpoint == null ? UNMATCHED : endpoint.path, ctx.status().getCode() / 100,
                isStream(ctx));
        timers.computeIfAbsent(labels, this::timer).record((long) (milliseconds * 1_000_000), TimeUnit.NANOSECONDS);
    }

    private static boolean isStream(Context ctx) {
        var type = ctx.res().getContentType();
        return type != null && type.startsWith("text/event-stream");
    }

    private Timer timer(Labels labels) {
        var timer = labels.streamed()
                ? Timer.builder("http.server.streams").description("Event streams that have ended, and how long they were open")
                : Timer.builder("http.server.requests").description("Requests that were answered, event streams excepted")
                        .serviceLevelObjectives(BUCKETS);
        return timer.tag("method", labels.method())
                .tag("route", labels.route())
                .tag("status", labels.statusClass() + "xx")
                .register(registry);
    }
}
