package ollamaweb.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests that Jetty refuses by itself, in the shape of the API family that was asked. */
final class JettyErrorHandler implements Request.Handler {

    private static final Logger log = LoggerFactory.getLogger(JettyErrorHandler.class);

    private final ResponseHeaders headers;

    JettyErrorHandler(ResponseHeaders headers) {
        this.headers = headers;
    }

    /** Every request that Jetty refuses by itself ends here; nothing of it is repeated in the answer. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        var requestId = RequestId.orNew(request.getHeaders().get(RequestId.HEADER));
        log.info("Refused with {} before any route saw it from={} request={}", status, ClientAddress.of(request).text(), requestId);
        headers.put(request.getHeaders(), response.getHeaders());
        response.getHeaders().put(RequestId.HEADER, requestId);
        response.getHeaders().put("Content-Type", ErrorHandling.JSON);
        var body = ErrorHandling.body(request.getHttpURI().getPath(), status, detail(request, status));
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private static String detail(Request request, int status) {
        if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof RequestGuard.Refusal refusal) {
            return refusal.getReason();
        }
        return HttpStatus.isServerError(status) && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505
                ? ErrorHandling.INTERNAL
                : HttpStatus.getMessage(status);
    }
}
