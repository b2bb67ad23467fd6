package ollamaweb.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import ollamaweb.json.Json;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ToolCall;

/**
 * One line of what {@code POST /api/chat} answers.
 *
 * @param totalDuration in nanoseconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OllamaLine(String model, Instant createdAt, Said message, boolean done, String doneReason, Long totalDuration,
        Integer promptEvalCount, Integer evalCount) {

    /** What is said in it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Said(String role, String content, String thinking, List<Call> toolCalls) {}

    /** A tool that is to be used. */
    record Call(Function function) {}

    /** @param arguments a JSON object */
    record Function(String name, @JsonRawValue String arguments) {}

    static OllamaLine piece(String model, Instant now, String content, String thinking, List<ToolCall> calls) {
        return new OllamaLine(model, now, said(content, thinking, calls), false, null, null, null, null);
    }

    /** @param nanos how long all of it took */
    static OllamaLine last(String model, Instant now, String content, String thinking, List<ToolCall> calls, ChatEnd end, long nanos) {
        return new OllamaLine(model, now, said(content, thinking, calls), true, end.doneReason() == null ? "stop" : end.doneReason(), nanos,
                end.promptTokens(), end.answerTokens());
    }

    private static Said said(String content, String thinking, List<ToolCall> calls) {
        return new Said("assistant", content, thinking.isEmpty() ? null : thinking, calls.isEmpty()
                ? null
                : calls.stream().map(call -> new Call(new Function(call.name(), call.arguments()))).toList());
    }

    byte[] bytes() {
        return (Json.write(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
