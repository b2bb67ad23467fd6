package ollamaweb.http;

import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.UrlEncoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every request before any route does: refuses those for other hosts, from other sites or broken beyond reading,
 * and makes a HEAD a GET whose body Jetty keeps back.
 */
final class RequestGuard implements HttpConfiguration.Customizer {

    private static final Logger log = LoggerFactory.getLogger(RequestGuard.class);
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private final Cors cors;
    private final ResponseHeaders headers;
    private final TrustedProxies proxies;
    private final AllowedHosts hosts;
    private final boolean anyHost;

    /** A request that is refused before any route sees it, with what its client is told. */
    static final class Refusal extends HttpException.RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(int status, String detail) {
            super(status, detail);
        }
    }

    RequestGuard(HttpSettings settings, ResponseHeaders headers) {
        this.headers = headers;
        this.cors = settings.cors();
        this.proxies = settings.trustedProxies();
        this.hosts = settings.allowedHosts();
        this.anyHost = settings.answersAnyHost();
    }

    /** Every request that can be read comes through here first. */
    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        headers.put(request.getHeaders(), answer);
        ClientAddress.assign(request, proxies);
        requireOwnHost(request);
        requireOneAuthorization(request);
        requireOwnSite(request);
        requireOrdinaryMethod(request);
        requireReadable(request.getHttpURI().getQuery());
        if (!HttpMethod.HEAD.is(request.getMethod())) {
            return request;
        }
        return new Request.Wrapper(request) {
            @Override
            public String getMethod() {
                return HttpMethod.GET.asString();
            }
        };
    }

    /** HTTP/1.0, which monitors speak and browsers do not, need not name a host. */
    private void requireOwnHost(Request request) {
        var host = Request.getServerName(request);
        boolean named = request.getHeaders().contains(Header.HOST) || request.getHttpURI().getHost() != null;
        if (!anyHost && named && (host == null || !hosts.allows(host))) {
            log.warn("Refused a request for an unknown host from={}; its name has to be in ALLOWED_HOSTS if it is this server's: {}",
                    ClientAddress.of(request).text(), RequestLog.printable(String.valueOf(host)));
            throw new Refusal(HttpStatus.MISDIRECTED_REQUEST_421, "Unknown host");
        }
    }

    private static void requireOneAuthorization(Request request) {
        if (request.getHeaders().stream().filter(field -> field.is(Header.AUTHORIZATION)).count() > 1) {
            throw new Refusal(HttpStatus.BAD_REQUEST_400, "There is more than one Authorization header");
        }
    }

    /** What a browser sends for another site's page, other than by CORS, may read but not change. */
    private void requireOwnSite(Request request) {
        if ("cross-site".equalsIgnoreCase(request.getHeaders().get("Sec-Fetch-Site"))
                && !SAFE_METHODS.contains(request.getMethod()) && !cors.isAllowed(request.getHeaders().get(Header.ORIGIN))) {
            throw new Refusal(HttpStatus.FORBIDDEN_403, "Another site may not do this; its origin has to be in CORS_ORIGINS");
        }
    }

    /** Javalin would obey a header that names another method, and takes the names of its own stages for methods. */
    private static void requireOrdinaryMethod(Request request) {
        if (request.getHeaders().contains(Header.X_HTTP_METHOD_OVERRIDE)
                || !HandlerType.findOrDefault(request.getMethod()).isHttpMethod()) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400);
        }
    }

    /** Jetty looks at the path only, and Javalin leaves out what it cannot decode, as if it had not been asked. */
    private static void requireReadable(String query) {
        if (query == null || query.indexOf('%') < 0) {
            return;
        }
        try {
            UrlEncoded.decodeUtf8To(query, 0, query.length(), (name, value) -> {}, false, false, false);
        } catch (IllegalArgumentException e) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400);
        }
    }

}
