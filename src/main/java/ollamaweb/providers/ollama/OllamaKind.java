package ollamaweb.providers.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import okhttp3.Response;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ProviderKind;
import ollamaweb.providers.UpstreamText;

/** Reads why Ollama said no: {@code {"error":"…"}}, plain text, or nothing at all. */
public final class OllamaKind implements ProviderKind {

    public static final OllamaKind OLLAMA = new OllamaKind();

    private static final long MAX_BYTES = 64 * 1024;
    private static final JsonMapper MAPPER = new JsonMapper();

    private OllamaKind() {}

    @Override
    public String title() {
        return "Ollama";
    }

    @Override
    public ProviderException refusal(Response response, String model) throws IOException {
        int status = response.code();
        var body = response.peekBody(MAX_BYTES).string();
        var reason = reason(body);
        if (response.isRedirect()) {
            return ProviderException.broken("Ollama answered with a redirect, which is not followed", null);
        }
        if (status == 404 && reason != null) {
            return model == null
                    ? new ProviderException(ProviderException.Reason.MODEL_NOT_FOUND, reason)
                    : ProviderException.modelNotFound(model);
        }
        if (status == 404) {
            return ProviderException.broken("There is no Ollama at this URL", null);
        }
        if (status == 403 && body.isEmpty()) {
            return ProviderException.refused("Ollama does not accept requests for this host name");
        }
        return ProviderException.refused(reason == null ? "Ollama answered with status " + status : "Ollama: " + reason);
    }

    /** The {@code error} line in the middle of an answer. */
    static ProviderException midway(String error) {
        return ProviderException.refused("Ollama: " + UpstreamText.cleaned(error));
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
