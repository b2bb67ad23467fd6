package ollamaweb.http;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.regex.Pattern;

/** The name under which a request is found in the logs: the client's own {@code X-Request-ID} if it is sane, else a new one. */
public final class RequestId {

    public static final String HEADER = "X-Request-ID";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** To be run before everything else. */
    public static void assign(Context ctx) {
        ctx.header(HEADER, orNew(ctx.header(HEADER)));
    }

    public static String of(Context ctx) {
        var id = ctx.res().getHeader(HEADER);
        return id == null ? "-" : id;
    }

    static String orNew(String fromClient) {
        return fromClient != null && SANE.matcher(fromClient).matches() ? fromClient : UUID.randomUUID().toString();
    }
}
