package ollamaweb.metrics;

import static io.javalin.apibuilder.ApiBuilder.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.http.Role.ANYONE;
import static ollamaweb.http.Role.UNCOUNTED;

import io.javalin.apibuilder.EndpointGroup;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.security.MessageDigest;
import java.util.Locale;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;

/** {@code /metrics}, for Prometheus: open to programs on the machine of a server that only they reach, else by a token. */
public final class MetricsRoutes implements EndpointGroup {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String SCHEME = "bearer ";

    private final Metrics metrics;
    private final String token;
    private final boolean isLocal;

    /**
     * @param token   what {@code Authorization: Bearer} has to hold; null: nobody gets in by a token
     * @param isLocal whether the server is bound to a loopback address
     */
    public MetricsRoutes(Metrics metrics, String token, boolean isLocal) {
        this.metrics = metrics;
        this.token = token;
        this.isLocal = isLocal;
    }

    @Override
    public void addEndpoints() {
        get("metrics", this::show, ANYONE, UNCOUNTED);
    }

    private void show(Context ctx) {
        if (!(isLocal && ClientAddress.isOnThisMachine(ctx)) && !hasToken(ctx)) {
            throw token == null ? ApiException.notFound("Not Found") : ApiException.unauthorized("The token of METRICS_TOKEN is required");
        }
        ctx.contentType(TYPE).result(metrics.text());
    }

    /** Takes as long for a token that is nearly right as for any other. */
    private boolean hasToken(Context ctx) {
        var header = ctx.header(Header.AUTHORIZATION);
        return token != null && header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && MessageDigest.isEqual(header.substring(SCHEME.length()).strip().getBytes(UTF_8), token.getBytes(UTF_8));
    }
}
