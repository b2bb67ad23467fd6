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
            log.info("{} {} {} {}ms from={} user={} request={}", ctx.method(), path(ctx), ctx.status().getCode(),
                    Math.round(milliseconds * 10) / 10.0, ClientAddress.of(ctx).text(), user == null ? "-" : user.id(),
                    RequestId.of(ctx));
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
