package ollamaweb.http;

import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.UrlEncoded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies around the routes: the headers that every answer carries, HEAD, and the answers to requests that are so
 * broken that they never reach a route.
 */
final class FrontDoor implements HttpConfiguration.Customizer, Request.Handler {

    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final HttpFields SAFE = HttpFields.build()
            .put("X-Content-Type-Options", "nosniff")
            .put("X-Frame-Options", "DENY")
            .put("Referrer-Policy", "no-referrer")
            .put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            .put("Cross-Origin-Resource-Policy", "same-origin")
            .put("Cache-Control", "no-store")
            .asImmutable();

    private final Cors cors;
    private final TrustedProxies proxies;
    private final AllowedHosts hosts;
    private final boolean anyHost;

    /** A request that is refused before any route sees it, with what its client is told. */
    private static final class Refusal extends HttpException.RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(int status, String detail) {
            super(status, detail);
        }
    }

    FrontDoor(HttpSettings settings) {
        this.cors = settings.cors();
        this.proxies = settings.trustedProxies();
        this.hosts = settings.allowedHosts();
        this.anyHost = settings.answersAnyHost();
    }

    /** Every request that can be read comes through here first. A HEAD is a GET whose body Jetty keeps back. */
    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        putHeaders(request, answer);
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

    /** Every request that Jetty refuses by itself ends here; nothing of it is repeated in the answer. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        var requestId = RequestId.orNew(request.getHeaders().get(RequestId.HEADER));
        log.info("Refused with {} before any route saw it from={} request={}", status, ClientAddress.of(request).text(), requestId);
        var headers = response.getHeaders();
        putHeaders(request, headers);
        headers.put(RequestId.HEADER, requestId);
        headers.put("Content-Type", ErrorHandling.JSON);
        var body = ErrorHandling.body(request.getHttpURI().getPath(), status, detail(request, status));
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private static String detail(Request request, int status) {
        if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Refusal refusal) {
            return refusal.getReason();
        }
        return HttpStatus.isServerError(status) && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                ? ErrorHandling.INTERNAL
                : HttpStatus.getMessage(status);
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
            UrlEncoded.decodeUtf8To(query, 0, query.length(), (name, value) -> { }, false, false, false);
        } catch (IllegalArgumentException e) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400);
        }
    }

    private void putHeaders(Request request, HttpFields.Mutable answer) {
        SAFE.forEach(answer::put);
        cors.allow(request.getHeaders(), answer);
    }
}
