package ollamaweb.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.http.ApiException.FieldError;
import ollamaweb.json.Json;
import org.eclipse.jetty.ee10.servlet.ServletApiResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where an exception becomes an answer, in the shape of the API that was asked. */
public final class ErrorHandling {

    private static final Logger log = LoggerFactory.getLogger(ErrorHandling.class);
    static final String JSON = "application/json;charset=utf-8";
    /** The name of the request's id in log lines that programs read. */
    private static final String REQUEST = "request";
    static final String INTERNAL = "An internal server error occurred";

    /** An error of {@code /api}; a member that does not apply is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Problem(String detail, List<FieldError> errors, Long answerId, Long askedBy) {}

    /** An error of {@code /api/v1}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ProblemV1(String detail, int statusCode, List<FieldError> errors, Long answerId, Long askedBy) {}

    private ErrorHandling() {}

    public static void install(JavalinConfig config) {
        config.routes.exception(ApiException.class, ErrorHandling::refused);
        config.routes.exception(DatabaseUnavailableException.class, ErrorHandling::databaseAway);
        config.routes.exception(HttpResponseException.class, ErrorHandling::fromJavalin);
        config.routes.exception(Exception.class, (e, ctx) -> unknown(e, ctx));
        config.router.javaLangErrorHandler(ErrorHandling::failed);
    }

    /** Not the request's fault, and without memory perhaps not even its doing: that one may try again. */
    private static void failed(HttpServletResponse response, Error error) {
        var request = response.getHeader(RequestId.HEADER);
        log.atError().setCause(error).addKeyValue(REQUEST, request).log("{} - request {}", error, request);
        boolean noMemory = error instanceof OutOfMemoryError;
        int status = noMemory ? 503 : 500;
        response.setStatus(status);
        response.setContentType(JSON);
        if (noMemory) {
            response.setHeader(Header.RETRY_AFTER, "1");
        }
        var path = response instanceof ServletApiResponse api ? api.getServletRequestInfo().getDecodedPathInContext() : null;
        var body = body(path, status, noMemory ? "The server has no memory for this now, please try again" : INTERNAL);
        try {
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | IllegalStateException clientLeft) {
            log.debug("Could not answer", clientLeft);
        }
    }

    /**
     * @param path the request's path, which decides on the family; may be null
     * @return the JSON text of an error
     */
    static String body(String path, int status, String detail) {
        return body(path, status, detail, null, null, null);
    }

    /** Answers a refusal. */
    public static void refused(ApiException e, Context ctx) {
        if (e.status() == 401) {
            ctx.header(Header.WWW_AUTHENTICATE, "Bearer");
        }
        if (e.retryAfterSeconds() != null) {
            ctx.header(Header.RETRY_AFTER, e.retryAfterSeconds().toString());
        }
        answer(ctx, e.status(), body(ctx.path(), e.status(), e.getMessage(), e.errors(), e.answerId(), e.askedBy()));
    }

    static void fromJavalin(HttpResponseException e, Context ctx) {
        var allowed = e.getDetails().getOrDefault("availableMethods", e.getDetails().get("Available methods"));
        if (e.getStatus() == 405 && allowed != null) {
            ctx.header(Header.ALLOW, allowed.replace("GET", "GET, HEAD"));
        }
        var detail = switch (e.getStatus()) {
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Request body is too large";
            case 500 -> INTERNAL;
            default -> "Bad Request";
        };
        answer(ctx, e.getStatus(), body(ctx.path(), e.getStatus(), detail));
    }

    private static void databaseAway(DatabaseUnavailableException e, Context ctx) {
        var request = RequestId.of(ctx);
        if (e.getCause() == null) {
            log.atWarn().addKeyValue(REQUEST, request).log("{} - request {}", e.getMessage(), request);
        } else {
            log.atError().setCause(e).addKeyValue(REQUEST, request).log("{} - request {}", e.getMessage(), request);
        }
        ctx.header(Header.RETRY_AFTER, "1");
        answer(ctx, 503, body(ctx.path(), 503, e.getMessage()));
    }

    private static void unknown(Exception e, Context ctx) {
        var request = RequestId.of(ctx);
        log.atError().setCause(e).addKeyValue(REQUEST, request)
                .log("{} {} failed - request {}", ctx.method(), RequestLog.path(ctx), request);
        answer(ctx, 500, body(ctx.path(), 500, INTERNAL));
    }

    private static void answer(Context ctx, int status, String json) {
        ctx.status(status).contentType(JSON).result(json);
    }

    private static String body(String path, int status, String detail, List<FieldError> errors, Long answerId, Long askedBy) {
        if (path != null && OtherApis.isOpenAi(path)) {
            return OtherApis.openAiError(status, detail, errors);
        } else if (path != null && OtherApis.isOllama(path)) {
            return OtherApis.ollamaError(detail, errors);
        }
        return Json.write(path != null && (path.equals("/api/v1") || path.startsWith("/api/v1/"))
                ? new ProblemV1(detail, status, errors, answerId, askedBy)
                : new Problem(detail, errors, answerId, askedBy));
    }
}
