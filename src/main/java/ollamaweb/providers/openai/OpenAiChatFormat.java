package ollamaweb.providers.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import okhttp3.Response;
import ollamaweb.json.Texts;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.KeyedKind;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ServerSentEvents;
import ollamaweb.providers.StreamedChat;

/**
 * Reads what {@code POST v1/chat/completions} streams: one chunk of the answer an event, and {@code [DONE]} at the end. For one
 * answer, on one thread.
 */
public final class OpenAiChatFormat implements StreamedChat.Format {

    private static final String DONE = "[DONE]";
    /** Reads what others send with all its freedom. */
    private static final JsonMapper LENIENT = new JsonMapper();

    private final ChatListener listener;
    private final KeyedKind kind;
    private final ToolCallPieces toolCalls;
    private String doneReason;
    private Integer answerTokens;
    private Integer promptTokens;

    /**
     * @param listener is told of the answer
     * @param kind     who is said to have failed
     */
    public OpenAiChatFormat(ChatListener listener, KeyedKind kind) {
        this.listener = listener;
        this.kind = kind;
        this.toolCalls = new ToolCallPieces(kind);
    }

    @Override
    public boolean read(Response response, Runnable told) throws IOException {
        if (!ServerSentEvents.isIn(response)) {
            throw notAnAnswer();
        }
        return read(response.body().byteStream(), told);
    }

    /**
     * Reads an answer to its end from the bytes of its body, and closes them; blocks meanwhile.
     *
     * @param told to be run after each event
     * @return false if the body ended before the answer did
     * @throws ProviderException if the answer ends in an error, or is none
     */
    public boolean read(InputStream body, Runnable told) throws IOException {
        return ServerSentEvents.read(body, kind, (type, data) -> {
            boolean ended = event(data);
            if (!ended) {
                told.run();
            }
            return ended;
        });
    }

    /**
     * Tells the listener what one event says, for who reads the events himself.
     *
     * @param data of the event, without {@code data:}
     * @return whether it was the last one
     * @throws ProviderException if it says that the answer failed, or is none
     */
    public boolean event(String data) throws IOException {
        listener.progress();
        if (data.strip().equals(DONE)) {
            toolCalls.tell(listener);
            listener.end(new ChatEnd(answerTokens, promptTokens, doneReason, null));
            return true;
        }
        var chunk = LENIENT.readTree(data);
        if (!chunk.isObject()) {
            throw notAnAnswer();
        }
        var error = chunk.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            throw kind.midway(KeyedKind.message(error));
        }
        readUsage(chunk.path("usage"));
        readChoice(chunk.path("choices").path(0));
        return false;
    }

    private void readUsage(JsonNode usage) {
        if (usage.path("completion_tokens").isInt()) {
            answerTokens = usage.path("completion_tokens").intValue();
        }
        if (usage.path("prompt_tokens").isInt()) {
            promptTokens = usage.path("prompt_tokens").intValue();
        }
    }

    private void readChoice(JsonNode choice) {
        var delta = choice.path("delta");
        var thinking = text(delta.path("reasoning_content"));
        if (thinking.isEmpty()) { // the same by another name
            thinking = text(delta.path("reasoning"));
        }
        if (!thinking.isEmpty()) {
            listener.thinking(thinking);
        }
        for (var name : new String[] {"content", "refusal"}) {
            var piece = text(delta.path(name));
            if (!piece.isEmpty()) {
                listener.content(piece);
            }
        }
        toolCalls.add(delta.path("tool_calls"));
        if (choice.path("finish_reason").isTextual()) {
            doneReason = Texts.keepable(choice.path("finish_reason").textValue());
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? Texts.keepable(value.textValue()) : "";
    }

    private ProviderException notAnAnswer() {
        return ProviderException.broken(kind.title() + " sent something that is not an answer", null);
    }
}
