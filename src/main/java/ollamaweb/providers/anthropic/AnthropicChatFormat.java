package ollamaweb.providers.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import okhttp3.Response;
import ollamaweb.json.Texts;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatListener;
import ollamaweb.providers.KeyedKind;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ServerSentEvents;
import ollamaweb.providers.StreamedChat;
import ollamaweb.providers.ToolCall;

/** Reads what {@code POST v1/messages} streams: blocks of content, each in pieces, until {@code message_stop}. For one answer. */
final class AnthropicChatFormat implements StreamedChat.Format {

    private static final int MAX_ARGUMENTS = 1024 * 1024;
    /** Reads what others send with all its freedom. */
    private static final JsonMapper LENIENT = new JsonMapper();
    private static final Map<String, String> REASONS =
            Map.of("end_turn", "stop", "stop_sequence", "stop", "max_tokens", "length", "tool_use", "tool_calls");

    private final ChatListener listener;
    private final KeyedKind kind;
    private final StringBuilder arguments = new StringBuilder();
    private JsonNode tool;
    private String doneReason;
    private Integer answerTokens;
    private Integer promptTokens;

    AnthropicChatFormat(ChatListener listener, KeyedKind kind) {
        this.listener = listener;
        this.kind = kind;
    }

    @Override
    public boolean read(Response response, Runnable told) throws IOException {
        if (!ServerSentEvents.isIn(response)) {
            throw notAnAnswer();
        }
        return ServerSentEvents.read(response.body().byteStream(), kind, (type, data) -> {
            boolean ended = event(LENIENT.readTree(data));
            if (!ended) {
                told.run();
            }
            return ended;
        });
    }

    private boolean event(JsonNode event) {
        if (!event.isObject()) {
            throw notAnAnswer();
        }
        listener.progress();
        switch (event.path("type").asText()) {
            case "message_start" -> readUsage(event.path("message").path("usage"));
            case "content_block_start" -> begin(event.path("content_block"));
            case "content_block_delta" -> tell(event.path("delta"));
            case "content_block_stop" -> endBlock();
            case "message_delta" -> {
                readUsage(event.path("usage"));
                var reason = text(event.path("delta").path("stop_reason"));
                doneReason = reason.isEmpty() ? doneReason : REASONS.getOrDefault(reason, reason);
            }
            case "message_stop" -> {
                listener.end(new ChatEnd(answerTokens, promptTokens, doneReason, null));
                return true;
            }
            case "error" -> throw kind.midway(KeyedKind.message(event.path("error")));
            default -> { // a ping, or news that nobody knows here
            }
        }
        return false;
    }

    private void begin(JsonNode block) {
        arguments.setLength(0);
        tool = block.path("type").asText().equals("tool_use") ? block : null;
        tell(block);
    }

    private void tell(JsonNode delta) {
        var thinking = text(delta.path("thinking"));
        if (!thinking.isEmpty()) {
            listener.thinking(thinking);
        }
        var content = text(delta.path("text"));
        if (!content.isEmpty()) {
            listener.content(content);
        }
        arguments.append(text(delta.path("partial_json")));
        if (arguments.length() > MAX_ARGUMENTS) {
            throw ProviderException.broken(kind.title() + " sent more than " + MAX_ARGUMENTS + " characters to call a tool with", null);
        }
    }

    private void endBlock() {
        if (tool != null) {
            var input = tool.path("input");
            var whole = arguments.isEmpty() ? (input.isObject() ? input.toString() : "{}") : arguments.toString();
            listener.toolCall(new ToolCall(text(tool.path("id")), text(tool.path("name")), Texts.keepable(whole)));
            tool = null;
        }
    }

    /** What comes from a cache was read as well. */
    private void readUsage(JsonNode usage) {
        if (usage.path("output_tokens").isInt()) {
            answerTokens = usage.path("output_tokens").intValue();
        }
        if (usage.path("input_tokens").isInt()) {
            promptTokens = usage.path("input_tokens").intValue() + usage.path("cache_creation_input_tokens").asInt(0)
                    + usage.path("cache_read_input_tokens").asInt(0);
        }
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? Texts.keepable(value.textValue()) : "";
    }

    private ProviderException notAnAnswer() {
        return ProviderException.broken(kind.title() + " sent something that is not an answer", null);
    }
}
