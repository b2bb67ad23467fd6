package ollamaweb.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;

/** What every request passes before its handler. */
public final class RequestSteps {

    private RequestSteps() {}

    /**
     * Installs them, in their order.
     *
     * @param gate the first that may refuse a request
     */
    public static void install(JavalinConfig config, Handler gate, Cors cors, Access access) {
        var literalPaths = new LiteralPaths();
        config.events.handlerAdded(literalPaths::note);
        config.requestLogger.http(RequestLog::line);
        config.routes.before(RequestId::assign);
        config.routes.before(gate);
        config.routes.before(cors::answerPreflight);
        config.routes.before(literalPaths::check);
        config.routes.beforeMatched(access::check);
        config.routes.beforeMatched(new RequestBodies()::receive);
    }
}
