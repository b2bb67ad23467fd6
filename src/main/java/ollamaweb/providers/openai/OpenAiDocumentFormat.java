package ollamaweb.providers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import okhttp3.Response;
import ollamaweb.json.Texts;
import ollamaweb.providers.BoundedInput;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ProviderKind;
import ollamaweb.providers.StreamedChat;
import ollamaweb.providers.ToolCall;

/** Reads what {@code POST v1/chat/completions} answers where no stream is asked for: one document. */
public final class OpenAiDocumentFormat implements StreamedChat.Format {

    private static final int MAX_BYTES = 32 * 1024 * 1024;
    /** Reads what others send with all its freedom. */
    private static final JsonMapper LENIENT = new JsonMapper();

    private final ChatListener listener;
    private final ProviderKind kind;

    /**
     * @param listener is told of the answer
     * @param kind     who is said to have failed
     */
    public OpenAiDocumentFormat(ChatListener listener, ProviderKind kind) {
        this.listener = listener;
        this.kind = kind;
    }

    @Override
    public boolean read(Response response, Runnable told) throws IOException {
        var document = LENIENT.readTree(new BoundedInput(response.body().byteStream(), MAX_BYTES, kind));
        if (document == null || document.isMissingNode()) {
            return false;
        }
        var choice = document.path("choices").path(0);
        var message = choice.path("message");
        if (!message.isObject()) {
            throw ProviderException.broken(kind.title() + " sent something that is not an answer", null);
        }
        listener.progress();
        var thinking = text(message.path("reasoning_content"));
        tell(thinking.isEmpty() ? text(message.path("reasoning")) : thinking, text(message.path("content")), message.path("tool_calls"));
        told.run();
        var usage = document.path("usage");
        var reason = text(choice.path("finish_reason"));
        listener.end(new ChatEnd(count(usage.path("completion_tokens")), count(usage.path("prompt_tokens")),
                reason.isEmpty() ? null : reason, null));
        return true;
    }

    private void tell(String thinking, String content, JsonNode toolCalls) {
        if (!thinking.isEmpty()) {
            listener.thinking(thinking);
        }
        if (!content.isEmpty()) {
            listener.content(content);
        }
        for (var call : toolCalls) {
            var function = call.path("function");
            if (function.path("name").isTextual()) {
                listener.toolCall(new ToolCall(call.path("id").asText(null), text(function.path("name")),
                        Texts.keepable(function.path("arguments").asText("{}"))));
            }
        }
    }

    private static Integer count(JsonNode number) {
        return number.isInt() ? (Integer) number.intValue() : null;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? Texts.keepable(value.textValue()) : "";
    }
}
