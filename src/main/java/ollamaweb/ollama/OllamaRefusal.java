package ollamaweb.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import okhttp3.Response;

/** Reads why Ollama said no: {@code {"error":"…"}}, plain text, or nothing at all. */
final class OllamaRefusal {

    private static final long MAX_BYTES = 64 * 1024;
    private static final JsonMapper MAPPER = new JsonMapper();

    private OllamaRefusal() {}

    /** @param model the model that was asked for, or null */
    static OllamaException of(Response response, String model) throws IOException {
        int status = response.code();
        var body = response.peekBody(MAX_BYTES).string();
        var reason = reason(body);
        if (response.isRedirect()) {
            return OllamaException.broken("Ollama answered with a redirect, which is not followed", null);
        }
        if (status == 404 && reason != null) {
            return model == null
                    ? new OllamaException(OllamaException.Kind.MODEL_NOT_FOUND, reason)
                    : OllamaException.modelNotFound(model);
        }
        if (status == 404) {
            return OllamaException.broken("There is no Ollama at this URL", null);
        }
        if (status == 403 && body.isEmpty()) {
            return refused("Ollama does not accept requests for this host name");
        }
        return refused(reason == null ? "Ollama answered with status " + status : "Ollama: " + reason);
    }

    /** The {@code error} line in the middle of an answer. */
    static OllamaException midway(String error) {
        return refused("Ollama: " + UpstreamText.cleaned(error));
    }

    private static OllamaException refused(String message) {
        return new OllamaException(OllamaException.Kind.REFUSED, message);
    }

    private static String reason(String body) {
        try {
            JsonNode error = MAPPER.readTree(body).path("error");
            return error.isMissingNode() ? null : UpstreamText.cleaned(error.isTextual() ? error.asText() : error.toString());
        } catch (IOException notJson) {
            return null;
        }
    }
}
