package ollamaweb.http;

import io.javalin.http.Context;

/** How many requests are answered, and whose. */
@FunctionalInterface
public interface RequestLimits {

    /**
     * Counts a request whose caller is known by now, or is nobody, and puts on its answer how much is left; called for each request,
     * so it has to be cheap.
     *
     * @throws ApiException 429 with {@code Retry-After} if there were too many
     */
    void check(Context ctx);
}
