package ollamaweb.http;

import io.javalin.config.JavalinConfig;
import java.util.function.BooleanSupplier;

/** What every request passes before its handler. */
public final class RequestSteps {

    private RequestSteps() {}

    /**
     * Installs them, in their order.
     *
     * @param isClosing whether the server stops, and takes no more requests
     */
    public static void install(JavalinConfig config, BooleanSupplier isClosing, Cors cors, Access access) {
        var literalPaths = new LiteralPaths();
        config.events.handlerAdded(literalPaths::note);
        config.requestLogger.http(RequestLog::line);
        config.routes.before(RequestId::assign);
        config.routes.before(ctx -> refuseWhile(isClosing));
        config.routes.before(cors::answerPreflight);
        config.routes.before(literalPaths::check);
        config.routes.beforeMatched(access::check);
        config.routes.beforeMatched(Access::requireScope);
        config.routes.beforeMatched(new RequestBodies()::receive);
    }

    private static void refuseWhile(BooleanSupplier isClosing) {
        if (isClosing.getAsBoolean()) {
            throw ApiException.busy("The server is shutting down", 1);
        }
    }
}
