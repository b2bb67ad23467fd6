package ollamaweb.http;

import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request; never a query string, a header or a body, where secrets live. */
public final class RequestLog {

    private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
    private static final String TOKEN = "{token}";

    private RequestLog() {}

    public static void line(Context ctx, float milliseconds) {
        if (log.isInfoEnabled()) {
            var user = CurrentUser.find(ctx);
            var method = ctx.method();
            var path = path(ctx);
            int status = ctx.status().getCode();
            double duration = Math.round(milliseconds * 10) / 10.0;
            var from = ClientAddress.of(ctx).text();
            var request = RequestId.of(ctx);
            log.atInfo()
                    .addKeyValue("method", method)
                    .addKeyValue("path", path)
                    .addKeyValue("status", status)
                    .addKeyValue("duration_ms", duration)
                    .addKeyValue("from", from)
                    .addKeyValue("user", (Object) (user == null ? null : user.id()))
                    .addKeyValue("request", request)
                    .log("{} {} {} {}ms from={} user={} request={}", method, path, status, duration, from,
                            user == null ? "-" : user.id(), request);
        }
    }

    /** @return the path as any log may hold it; that of the route where it names a token, because whoever knows the token gets in */
    static String path(Context ctx) {
        var route = ctx.endpoints().matchedHttpEndpoint();
        return printable(route != null && route.path.contains(TOKEN) ? route.path : ctx.path());
    }

    /** A path cannot forge a second log line. */
    static String printable(String path) {
        var shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
        return shown.chars().anyMatch(Character::isISOControl) ? shown.replaceAll("\\p{Cntrl}", "?") : shown;
    }
}
