package ollamaweb.http;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import ollamaweb.http.ApiException.FieldError;
import ollamaweb.json.Json;

/** How errors look to clients that were written for other servers: OpenAI's below {@code /v1}, Ollama's at its own paths. */
final class OtherApis {

    private static final Set<String> OLLAMA = Set.of(
            "/api/chat", "/api/generate", "/api/embed", "/api/show", "/api/tags", "/api/ps", "/api/version");

    /** What OpenAI says in {@code error}, as its client libraries read it. */
    private record OpenAiError(String message, String type, String param, String code) {}

    private record OpenAiAnswer(OpenAiError error) {}

    private record OllamaAnswer(String error) {}

    private OtherApis() {}

    static boolean isOpenAi(String path) {
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    static boolean isOllama(String path) {
        return OLLAMA.contains(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /** @param errors the wrong fields of a 422, or null */
    static String openAiError(int status, String detail, List<FieldError> errors) {
        var type = switch (status) {
            case 429 -> "rate_limit_error";
            case 401 -> "authentication_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
        return Json.write(new OpenAiAnswer(new OpenAiError(sentence(detail, errors), type, field(errors),
                status == 401 ? "invalid_api_key" : null)));
    }

    /** @param errors the wrong fields of a 422, or null */
    static String ollamaError(String detail, List<FieldError> errors) {
        return Json.write(new OllamaAnswer(sentence(detail, errors)));
    }

    /** These clients show one sentence, so it names the field. */
    private static String sentence(String detail, List<FieldError> errors) {
        return field(errors) == null ? detail : field(errors) + ": " + errors.get(0).msg();
    }

    private static String field(List<FieldError> errors) {
        if (errors == null || errors.isEmpty()) {
            return null;
        }
        var loc = errors.get(0).loc();
        return loc.subList(Math.min(1, loc.size()), loc.size()).stream().map(String::valueOf).collect(Collectors.joining("."));
    }
}
