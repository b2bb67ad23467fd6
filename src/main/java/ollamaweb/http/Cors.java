package ollamaweb.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Collection;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;

/** Which web pages may read the answers: those of the origins that are set, compared as they are, never any other. */
public final class Cors {

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String EXPOSED = String.join(", ",
            RequestId.HEADER, "X-Conversation-Id", "X-Message-Id", Header.LOCATION, Header.CONTENT_DISPOSITION, Header.RETRY_AFTER,
            "RateLimit", "RateLimit-Policy", Header.ETAG);
    private static final String MAX_AGE_SECONDS = "600";

    private final Set<String> origins;

    public Cors(Collection<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Tells the browser whether its page may read the answer; to be done for every answer, errors too. */
    void allow(HttpFields request, HttpFields.Mutable answer) {
        answer.put(Header.VARY, Header.ORIGIN + ", " + Header.ACCEPT_ENCODING);
        var origin = request.get(Header.ORIGIN);
        if (isAllowed(origin)) {
            answer.put(Header.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            answer.put(Header.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            answer.put(Header.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /** A browser asks before it sends; it has no token yet. To be run before the routes. */
    public void answerPreflight(Context ctx) {
        if (!ctx.method().equals(HandlerType.OPTIONS) || ctx.header(Header.ACCESS_CONTROL_REQUEST_METHOD) == null) {
            return;
        }
        ctx.status(HttpStatus.NO_CONTENT).skipRemainingHandlers();
        ctx.header(Header.VARY, String.join(", ",
                Header.ORIGIN, Header.ACCESS_CONTROL_REQUEST_METHOD, Header.ACCESS_CONTROL_REQUEST_HEADERS));
        if (isAllowed(ctx.header(Header.ORIGIN))) {
            ctx.header(Header.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            ctx.header(Header.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
            var wanted = ctx.header(Header.ACCESS_CONTROL_REQUEST_HEADERS);
            if (wanted != null) {
                ctx.header(Header.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
            }
        }
    }

    boolean isAllowed(String origin) {
        return origin != null && origins.contains(origin);
    }
}
