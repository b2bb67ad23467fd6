package ollamaweb.http;

import java.util.List;

/** A refusal that the client is told about: a status, a sentence, and for a 422 the fields that are wrong. */
public final class ApiException extends RuntimeException {

    /**
     * One wrong field, in the shape of the contract (and of pydantic, which its clients know).
     *
     * @param loc  where: {@code ["body", "messages", 3, "role"]}
     * @param msg  what is wrong, for people
     * @param type what is wrong, for programs: {@code value_error.missing}
     */
    public record FieldError(List<Object> loc, String msg, String type) {}

    private final int status;
    private final List<FieldError> errors;
    private final Long answerId;
    private final Long askedBy;
    private final Integer retryAfterSeconds;

    private ApiException(int status, String detail, List<FieldError> errors, Long answerId, Long askedBy, Integer retryAfterSeconds) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = errors;
        this.answerId = answerId;
        this.askedBy = askedBy;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static ApiException badRequest(String detail) {
        return of(400, detail);
    }

    public static ApiException unauthorized(String detail) {
        return of(401, detail);
    }

    public static ApiException forbidden(String detail) {
        return of(403, detail);
    }

    public static ApiException notFound(String detail) {
        return of(404, detail);
    }

    public static ApiException conflict(String detail) {
        return of(409, detail);
    }

    /**
     * A conversation whose answer {@code answerId} is still in the making.
     *
     * @param askedBy the account whose turn it is, where it is another one; or null
     */
    public static ApiException answerRunning(long answerId, Long askedBy) {
        return new ApiException(409, "An answer is still in the making", null, answerId, askedBy, null);
    }

    public static ApiException tooLarge(long limitBytes) {
        return of(413, "Request body is larger than " + limitBytes + " bytes");
    }

    public static ApiException fileTooLarge(long limitBytes) {
        return of(413, "The file is larger than " + limitBytes + " bytes");
    }

    static ApiException requestTimeout() {
        return of(408, "The request body did not arrive in time");
    }

    static ApiException unsupportedEncoding() {
        return of(415, "Content-Encoding must be gzip or identity");
    }

    public static ApiException unsupportedMediaType() {
        return unsupportedMediaType("Content-Type must be application/json");
    }

    public static ApiException unsupportedMediaType(String detail) {
        return of(415, detail);
    }

    public static ApiException invalid(List<FieldError> errors) {
        return new ApiException(422, "Request validation failed", List.copyOf(errors), null, null, null);
    }

    /** A single wrong field of the body. */
    public static ApiException invalid(String field, String msg, String type) {
        return invalid(List.of(new FieldError(List.of("body", field), msg, type)));
    }

    public static ApiException tooManyRequests(String detail, int retryAfterSeconds) {
        return new ApiException(429, detail, null, null, null, retryAfterSeconds);
    }

    public static ApiException badGateway(String detail) {
        return of(502, detail);
    }

    public static ApiException unavailable(String detail) {
        return of(503, detail);
    }

    /** The server has its hands full for a moment. */
    public static ApiException busy(String detail, int retryAfterSeconds) {
        return new ApiException(503, detail, null, null, null, retryAfterSeconds);
    }

    private static ApiException of(int status, String detail) {
        return new ApiException(status, detail, null, null, null, null);
    }

    public int status() {
        return status;
    }

    /** @return the wrong fields of a 422, else null */
    public List<FieldError> errors() {
        return errors;
    }

    /** @return the running answer of a 409, else null */
    public Long answerId() {
        return answerId;
    }

    /** @return who asked for the running answer of a 409, else null */
    public Long askedBy() {
        return askedBy;
    }

    /** @return after how many seconds to try again, or null */
    public Integer retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
