package ollamaweb.providers.ollama;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ollamaweb.json.Texts;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ToolCall;

/** What one line of an answer to a chat, or of {@code /api/generate}, says; read anew for each line, in whatever order its fields come. */
final class ChatLine {

    private static final JsonFactory JSON = new JsonFactory();

    private String content;
    private String thinking;
    private List<ToolCall> toolCalls;
    private String error;
    private boolean done;
    private String doneReason;
    private Integer answerTokens;
    private Integer promptTokens;
    private Long durationNanos;

    /** @param parser standing on the line's opening brace; left on its closing one */
    void read(JsonParser parser) throws IOException {
        clear();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var value = parser.nextToken();
            switch (field) {
                case "message" -> readMessage(parser, value);
                case "response" -> content = value == JsonToken.VALUE_STRING ? Texts.keepable(parser.getText()) : skipped(parser);
                case "thinking" -> thinking = value == JsonToken.VALUE_STRING ? Texts.keepable(parser.getText()) : skipped(parser);
                case "tool_calls" -> readToolCalls(parser, value);
                case "done" -> done = value == JsonToken.VALUE_TRUE;
                case "done_reason" -> doneReason = text(parser, value);
                case "eval_count" -> answerTokens = value == JsonToken.VALUE_NUMBER_INT ? (Integer) parser.getIntValue() : null;
                case "prompt_eval_count" -> promptTokens = value == JsonToken.VALUE_NUMBER_INT ? (Integer) parser.getIntValue() : null;
                case "total_duration" -> durationNanos = value == JsonToken.VALUE_NUMBER_INT ? (Long) parser.getLongValue() : null;
                case "error" -> readError(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    private void clear() {
        content = "";
        thinking = "";
        toolCalls = List.of();
        error = null;
        done = false;
        doneReason = null;
        answerTokens = null;
        promptTokens = null;
        durationNanos = null;
    }

    private void readMessage(JsonParser parser, JsonToken message) throws IOException {
        if (message != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var value = parser.nextToken();
            switch (field) {
                case "content" -> content = value == JsonToken.VALUE_STRING ? Texts.keepable(parser.getText()) : skipped(parser);
                case "thinking" -> thinking = value == JsonToken.VALUE_STRING ? Texts.keepable(parser.getText()) : skipped(parser);
                case "tool_calls" -> readToolCalls(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    private void readToolCalls(JsonParser parser, JsonToken calls) throws IOException {
        if (calls != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        toolCalls = new ArrayList<>();
        for (var call = parser.nextToken(); call != null && call != JsonToken.END_ARRAY; call = parser.nextToken()) {
            if (call == JsonToken.START_OBJECT) {
                readToolCall(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readToolCall(JsonParser parser) throws IOException {
        String id = null;
        String name = null;
        var arguments = "{}";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var value = parser.nextToken();
            if (field.equals("id")) {
                id = text(parser, value);
            } else if (field.equals("function") && value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var part = parser.currentName();
                    var partValue = parser.nextToken();
                    switch (part) {
                        case "name" -> name = text(parser, partValue);
                        case "arguments" -> arguments = json(parser);
                        default -> parser.skipChildren();
                    }
                }
            } else {
                parser.skipChildren();
            }
        }
        if (name != null) {
            toolCalls.add(new ToolCall(id, name, arguments));
        }
    }

    private void readError(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            error = parser.getText();
        } else if (value != JsonToken.VALUE_NULL) {
            parser.skipChildren();
            error = "unknown error";
        }
    }

    /** @return the value the parser stands on as JSON text */
    private static String json(JsonParser parser) throws IOException {
        var text = new StringWriter();
        try (var generator = JSON.createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return Texts.keepable(text.toString());
    }

    private static String text(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return Texts.keepable(parser.getText());
        }
        parser.skipChildren();
        return null;
    }

    private static String skipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return "";
    }

    String content() {
        return content;
    }

    String thinking() {
        return thinking;
    }

    List<ToolCall> toolCalls() {
        return toolCalls;
    }

    String error() {
        return error;
    }

    boolean isDone() {
        return done;
    }

    ChatEnd end() {
        return new ChatEnd(answerTokens, promptTokens, doneReason,
                durationNanos == null ? null : TimeUnit.NANOSECONDS.toMillis(durationNanos));
    }
}
