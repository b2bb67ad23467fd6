package ollamaweb.http;

import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
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

    FrontDoor(HttpSettings settings) {
        this.cors = settings.cors();
        this.proxies = settings.trustedProxies();
    }

    /** Every request that can be read comes through here first. A HEAD is a GET whose body Jetty keeps back. */
    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        putHeaders(request, answer);
        ClientAddress.assign(request, proxies);
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
        headers.put("Content-Type", "application/json");
        var detail = HttpStatus.isServerError(status) && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                ? ErrorHandling.INTERNAL
                : HttpStatus.getMessage(status);
        var body = ErrorHandling.body(request.getHttpURI().getPath(), status, detail);
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
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
