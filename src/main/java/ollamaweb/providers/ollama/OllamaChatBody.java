package ollamaweb.providers.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ollamaweb.providers.ChatOptions;
import ollamaweb.providers.ChatRequest;

/**
 * The body of {@code POST /api/chat}, as Ollama wants it.
 *
 * @param think true, false, or a word for how much
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OllamaChatBody(String model, List<OllamaTurn> messages, boolean stream, Object think, Map<String, Object> options,
        JsonNode format, JsonNode keepAlive) {

    /** A request for an answer that comes piece by piece. */
    static OllamaChatBody streaming(ChatRequest chat) {
        var wanted = chat.options();
        return new OllamaChatBody(chat.model(), chat.messages().stream().map(OllamaTurn::new).toList(), true, think(wanted.think()),
                options(wanted), wanted.format(),
                wanted.keepAlive());
    }

    private static Map<String, Object> options(ChatOptions wanted) {
        var options = new TreeMap<String, Object>(wanted.options());
        if (wanted.temperature() != null) {
            options.put("temperature", wanted.temperature());
        }
        return options;
    }

    private static Object think(String wanted) {
        return wanted == null || !(wanted.equals("true") || wanted.equals("false")) ? wanted : (Object) Boolean.valueOf(wanted);
    }
}
