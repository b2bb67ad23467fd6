package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.security.RouteRole;

/** How many bytes a body may have on a route where the usual 1 MiB is too little; given among the route's roles. */
public record BodyLimit(int bytes) implements RouteRole {

    private static final BodyLimit USUAL = new BodyLimit(1024 * 1024);

    /** Refuses a body that says by itself that it is too large, before any of it is read; to be run before each matched route. */
    static void check(Context ctx) {
        int limit = of(ctx);
        if (ctx.req().getContentLengthLong() > limit) {
            throw ApiException.tooLarge(limit);
        }
    }

    static int of(Context ctx) {
        return ctx.routeRoles().stream()
                .filter(BodyLimit.class::isInstance).map(BodyLimit.class::cast)
                .findFirst().orElse(USUAL).bytes();
    }
}
