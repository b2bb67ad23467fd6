package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.time.Duration;

/**
 * What a route takes as a body: how much, how it has to arrive and in how long. Given among the route's roles where the
 * usual is not right: 1 MiB of JSON within 10 s, and 64 KiB where nobody has to sign in.
 *
 * @param bytes          how long it may be, unpacked
 * @param kind           what it is and who reads it
 * @param within         how long it may take to arrive
 * @param bytesPerSecond how fast it has to move in order to take longer; 0: it may not
 */
public record BodyLimit(long bytes, Kind kind, Duration within, long bytesPerSecond) implements RouteRole {

    /** What a body is, and whether it is in memory before its handler runs. */
    public enum Kind {
        /** JSON by its {@code Content-Type}, collected in memory. */
        JSON,
        /** JSON of any {@code Content-Type} or none, collected in memory. */
        ANY_TYPE,
        /** Of any type, read by the handler as it comes, a few at a time; see {@link Input#stream}. */
        UPLOAD,
        /** As {@link #UPLOAD}, one or two at a time. */
        IMPORT
    }

    private static final int KIB = 1024;
    private static final int USUAL_BYTES = 1024 * KIB;
    private static final Duration USUAL_TIME = Duration.ofSeconds(10);
    private static final long LARGE_BYTES_PER_SECOND = 16 * KIB;

    private static final BodyLimit USUAL = json(USUAL_BYTES);
    private static final BodyLimit ANONYMOUS = json(64 * KIB);

    /** @return JSON up to this length; when that is more than the usual, it may take longer as long as it moves 16 KiB/s */
    public static BodyLimit json(int bytes) {
        return collected(bytes, Kind.JSON);
    }

    /** As {@link #json}, for clients that do not always tell the type. */
    public static BodyLimit anyType(int bytes) {
        return collected(bytes, Kind.ANY_TYPE);
    }

    /** @return a file up to this length, read as it comes, at 16 KiB/s or more */
    public static BodyLimit upload(long bytes) {
        return new BodyLimit(bytes, Kind.UPLOAD, USUAL_TIME, LARGE_BYTES_PER_SECOND);
    }

    /** As {@link #upload}, for work of which the server does one or two at a time. */
    public static BodyLimit importing(long bytes) {
        return new BodyLimit(bytes, Kind.IMPORT, USUAL_TIME, LARGE_BYTES_PER_SECOND);
    }

    private static BodyLimit collected(int bytes, Kind kind) {
        return new BodyLimit(bytes, kind, USUAL_TIME, bytes > USUAL_BYTES ? LARGE_BYTES_PER_SECOND : 0);
    }

    /** Refuses a body that says by itself that it is too large, before any of it is read; to be run before each matched route. */
    static void check(Context ctx) {
        var limit = of(ctx);
        if (ctx.req().getContentLengthLong() > limit.bytes) {
            throw limit.exceeded();
        }
    }

    static BodyLimit of(Context ctx) {
        return ctx.routeRoles().stream()
                .filter(BodyLimit.class::isInstance).map(BodyLimit.class::cast)
                .findFirst().orElse(ctx.routeRoles().contains(Role.ANYONE) ? ANONYMOUS : USUAL);
    }

    /** @return whether a body of which so much has arrived in this time arrives too slowly */
    boolean isLate(long nanos, long arrived) {
        double more = bytesPerSecond == 0 ? 0 : (double) arrived / bytesPerSecond;
        return nanos > within.toNanos() + more * Duration.ofSeconds(1).toNanos();
    }

    boolean isStreamed() {
        return kind == Kind.UPLOAD || kind == Kind.IMPORT;
    }

    ApiException exceeded() {
        return ApiException.tooLarge(bytes);
    }
}
