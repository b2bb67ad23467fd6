package ollamaweb.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.RequestLogger;
import java.util.function.BooleanSupplier;

/** What every request passes before its handler. */
public final class RequestSteps {

    private RequestSteps() {}

    /**
     * Installs them, in their order.
     *
     * @param isClosing whether the server stops, and takes no more requests
     * @param limits    count requests
     * @param ended     hears of each request once it is answered, and how many milliseconds that took
     */
    public static void install(JavalinConfig config, BooleanSupplier isClosing, Cors cors, Access access, RequestLimits limits,
            RequestLogger ended) {
        var literalPaths = new LiteralPaths();
        config.events.handlerAdded(literalPaths::note);
        config.requestLogger.http((ctx, milliseconds) -> {
            RequestLog.line(ctx, milliseconds);
            ended.handle(ctx, milliseconds);
        });
        config.routes.before(RequestId::assign);
        config.routes.before(ctx -> refuseWhile(isClosing));
        config.routes.before(cors::answerPreflight);
        config.routes.before(literalPaths::check);
        config.routes.exception(NotFoundResponse.class, (e, ctx) -> noSuchRoute(e, ctx, limits));
        config.routes.exception(MethodNotAllowedResponse.class, (e, ctx) -> noSuchRoute(e, ctx, limits));
        config.routes.beforeMatched(ctx -> identify(ctx, access, limits));
        config.routes.beforeMatched(Access::requireScope);
        config.routes.beforeMatched(new RequestBodies()::receive);
    }

    /** Who comes with a wrong token is counted as who has none. */
    private static void identify(Context ctx, Access access, RequestLimits limits) {
        try {
            access.check(ctx);
        } catch (ApiException e) {
            limits.check(ctx);
            throw e;
        }
        limits.check(ctx);
    }

    /** Who looks for what is not there has not been asked for a sign-in, and is counted as who has none. */
    private static void noSuchRoute(HttpResponseException nothing, Context ctx, RequestLimits limits) {
        try {
            limits.check(ctx);
            ErrorHandling.fromJavalin(nothing, ctx);
        } catch (ApiException e) {
            ErrorHandling.refused(e, ctx);
        }
    }

    private static void refuseWhile(BooleanSupplier isClosing) {
        if (isClosing.getAsBoolean()) {
            throw ApiException.busy("The server is shutting down", 1);
        }
    }
}
