package ollamaweb.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import okhttp3.Response;
import ollamaweb.providers.ProviderException.Reason;

/**
 * A server that is asked with a key and tells its errors as OpenAI and Anthropic do: {@code {"error":{"message":"…"}}}, or with
 * the text itself in {@code error}, {@code message} or {@code detail}.
 */
public final class KeyedKind implements ProviderKind {

    private static final long MAX_BYTES = 64 * 1024;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String title;
    private final String api;

    /**
     * @param title what people call the server
     * @param api   whose API it speaks: {@code OpenAI}
     */
    public KeyedKind(String title, String api) {
        this.title = title;
        this.api = api;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public ProviderException refusal(Response response, String model) throws IOException {
        int status = response.code();
        if (response.isRedirect()) {
            return ProviderException.broken(title + " answered with a redirect, which is not followed", null);
        }
        if (status == 401) { // what it says may show parts of the key
            return ProviderException.refused(title + " does not accept the API key");
        }
        var body = json(response.peekBody(MAX_BYTES).string());
        var reason = reason(body);
        if (status == 404 && (body.path("error").isMissingNode() && body.path("message").isMissingNode() || isInvalidUrl(reason))) {
            return ProviderException.broken("There is no " + api + " API at this URL", null);
        }
        if (status == 404) {
            return model == null ? new ProviderException(Reason.MODEL_NOT_FOUND, reason) : ProviderException.modelNotFound(model);
        }
        return reason == null ? ProviderException.refused(title + " answered with status " + status) : midway(reason);
    }

    /** @param reason what it said, before or in the middle of an answer */
    public ProviderException midway(String reason) {
        return ProviderException.refused(title + ": " + UpstreamText.cleaned(reason));
    }

    /**
     * @param error the value of {@code error}
     * @return its message, or all of it where it has none
     */
    public static String message(JsonNode error) {
        var message = error.path("message");
        if (message.isTextual()) {
            return message.textValue();
        }
        return error.isTextual() ? error.textValue() : error.toString();
    }

    /** OpenAI's own server answers so for each path that it does not know. */
    private static boolean isInvalidUrl(String reason) {
        return reason != null && reason.startsWith("Invalid URL");
    }

    /** @return null where none is told */
    private static String reason(JsonNode body) {
        if (!body.path("error").isMissingNode() && !body.path("error").isNull()) {
            return UpstreamText.cleaned(message(body.path("error")));
        }
        for (var name : new String[] {"message", "detail"}) {
            if (body.path(name).isTextual()) {
                return UpstreamText.cleaned(body.path(name).textValue());
            }
        }
        return null;
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException notJson) {
            return MAPPER.missingNode();
        }
    }
}
