package ollamaweb.testing;

import java.time.Instant;
import java.util.stream.Collectors;

/**
 * Events of {@code /v1/chat/completions}, as Ollama spells them.
 *
 * @param usage whether a stream tells at its end what it cost
 */
record OpenAiShape(boolean usage) implements AnswerShape {

    @Override
    public String contentType() {
        return "text/event-stream";
    }

    @Override
    public String content(String model, String text) {
        return chunk(model, "{\"role\":\"assistant\",\"content\":" + OllamaJson.quote(text) + "}", "null");
    }

    @Override
    public String thinking(String model, String text) {
        return chunk(model, "{\"role\":\"assistant\",\"content\":\"\",\"reasoning\":" + OllamaJson.quote(text) + "}", "null");
    }

    @Override
    public String toolCall(String model, Call call) {
        return chunk(model, "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[" + json(call) + "]}", "null");
    }

    /** The real one makes an empty chunk of it. */
    @Override
    public String error(String model, String text) {
        return chunk("", "{\"role\":\"assistant\",\"content\":\"\"}", "null");
    }

    @Override
    public String done(String model, DoneLine line, int chunks) {
        return (line.lastWords().isEmpty() ? "" : content(model, line.lastWords()))
                + chunk(model, "{}", OllamaJson.quote(line.reason()))
                + (usage ? "data: " + head(model, "chat.completion.chunk") + ",\"choices\":[]," + cost(line, chunks) + "}\n\n" : "")
                + "data: [DONE]\n\n";
    }

    @Override
    public String whole(String model, Whole said, DoneLine line, int chunks) {
        var message = "{\"role\":\"assistant\",\"content\":" + OllamaJson.quote(said.content() + line.lastWords())
                + (said.thinking().isEmpty() ? "" : ",\"reasoning\":" + OllamaJson.quote(said.thinking()))
                + (said.calls().isEmpty() ? "" : said.calls().stream().map(OpenAiShape::json)
                        .collect(Collectors.joining(",", ",\"tool_calls\":[", "]")))
                + "}";
        var reason = OllamaJson.quote(said.calls().isEmpty() ? line.reason() : "tool_calls");
        return head(model, "chat.completion") + ",\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":" + reason
                + "}]," + cost(line, chunks) + "}\n";
    }

    static String error(int status, String text) {
        var type = status == 404 ? "not_found_error" : status < 500 ? "invalid_request_error" : "api_error";
        return "{\"error\":{\"message\":" + OllamaJson.quote(text) + ",\"type\":\"" + type + "\",\"param\":null,\"code\":null}}\n";
    }

    private static String chunk(String model, String delta, String reason) {
        return "data: " + head(model, "chat.completion.chunk") + ",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":"
                + reason + "}]}\n\n";
    }

    private static String head(String model, String object) {
        return "{\"id\":\"chatcmpl-416\",\"object\":\"" + object + "\",\"created\":" + Instant.now().getEpochSecond() + ",\"model\":"
                + OllamaJson.quote(model) + ",\"system_fingerprint\":\"fp_ollama\"";
    }

    private static String cost(DoneLine line, int chunks) {
        int tokens = line.tokens(chunks);
        return "\"usage\":{\"prompt_tokens\":" + line.promptTokens() + ",\"completion_tokens\":" + tokens + ",\"total_tokens\":"
                + (line.promptTokens() + tokens) + "}";
    }

    private static String json(Call call) {
        return "{\"id\":\"call_2fuiki1b\",\"index\":0,\"type\":\"function\",\"function\":{\"name\":" + OllamaJson.quote(call.name())
                + ",\"arguments\":" + OllamaJson.quote(call.arguments()) + "}}";
    }
}
