package ollamaweb.http;

import java.util.Set;
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
        return OLLAMA.contains(path);
    }

    static String openAiError(int status, String detail) {
        var type = switch (status) {
            case 429 -> "rate_limit_error";
            case 401 -> "authentication_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
        return Json.write(new OpenAiAnswer(new OpenAiError(detail, type, null, status == 401 ? "invalid_api_key" : null)));
    }

    static String ollamaError(String detail) {
        return Json.write(new OllamaAnswer(detail));
    }
}
