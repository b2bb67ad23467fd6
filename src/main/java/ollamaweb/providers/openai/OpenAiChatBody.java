package ollamaweb.providers.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import ollamaweb.providers.ChatOptions;
import ollamaweb.providers.ChatRequest;

/** The body of {@code POST v1/chat/completions}: what it has no name for is left out. */
final class OpenAiChatBody {

    private static final String[] SAME_NAMES = {"top_p", "seed", "stop", "presence_penalty", "frequency_penalty"};
    private static final Map<String, String> EFFORTS =
            Map.of("true", "medium", "low", "low", "medium", "medium", "high", "high", "max", "high");

    private OpenAiChatBody() {}

    private record StreamOptions(boolean includeUsage) {}

    private record NamedSchema(String name, JsonNode schema) {}

    /** @param jsonSchema null for any JSON object */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ResponseFormat(String type, NamedSchema jsonSchema) {}

    /**
     * @param maxTokensName what the server calls the most tokens that an answer may have
     * @return a request for an answer that comes piece by piece
     */
    static Map<String, Object> streaming(ChatRequest chat, String maxTokensName) {
        var body = new LinkedHashMap<String, Object>();
        body.put("model", chat.model());
        body.put("messages", chat.messages().stream().map(OpenAiTurn::new).toList());
        body.put("stream", true);
        body.put("stream_options", new StreamOptions(true));
        putOptions(body, chat.options(), maxTokensName);
        return body;
    }

    private static void putOptions(Map<String, Object> body, ChatOptions wanted, String maxTokensName) {
        var options = wanted.options();
        var temperature = wanted.temperature() == null ? options.get("temperature") : wanted.temperature();
        if (temperature != null) {
            body.put("temperature", temperature);
        }
        for (var name : SAME_NAMES) {
            if (options.containsKey(name)) {
                body.put(name, options.get(name));
            }
        }
        var most = options.get("num_predict");
        if (most != null && most.intValue() > 0) { // others mean that there is no limit
            body.put(maxTokensName, most);
        }
        if (wanted.think() != null && EFFORTS.containsKey(wanted.think())) {
            body.put("reasoning_effort", EFFORTS.get(wanted.think()));
        }
        if (wanted.format() != null) {
            body.put("response_format", wanted.format().isObject()
                    ? new ResponseFormat("json_schema", new NamedSchema("answer", wanted.format()))
                    : new ResponseFormat("json_object", null));
        }
    }
}
