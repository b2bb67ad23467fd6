package ollamaweb.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import ollamaweb.json.Json;
import ollamaweb.providers.ToolCall;

/** The tools that a model wants to be used, kept as Ollama describes them. Belongs to the thread that makes the answer. */
final class ToolCalls {

    /** As JSON: so much can be imported again, too. */
    private static final int MAX_CHARACTERS = 64 * 1024;

    private final ReservedMemory memory;
    private ArrayNode calls;
    private int characters = 1;

    ToolCalls(ReservedMemory memory) {
        this.memory = memory;
    }

    /** @throws BoundedText.LimitReached if they become too long */
    void add(ToolCall call) {
        if (characters + call.name().length() + call.arguments().length() > MAX_CHARACTERS) {
            throw new BoundedText.LimitReached(Outcome.tooLong());
        }
        if (!memory.take(TokenLog.memory(4 * (call.name().length() + call.arguments().length())))) {
            throw new BoundedText.LimitReached(Outcome.outOfMemory());
        }
        var kept = Json.MAPPER.createObjectNode();
        if (call.id() != null) {
            kept.put("id", call.id());
        }
        kept.putObject("function").put("name", call.name()).set("arguments", parsed(call.arguments()));
        characters += kept.toString().length() + 1;
        if (characters > MAX_CHARACTERS) {
            throw new BoundedText.LimitReached(Outcome.tooLong());
        }
        calls = calls == null ? Json.MAPPER.createArrayNode() : calls;
        calls.add(kept);
    }

    /** @return all of them as a JSON array; null if there are none */
    String json() {
        return calls == null ? null : calls.toString();
    }

    /** Models make mistakes, in JSON too. */
    private static JsonNode parsed(String arguments) {
        try {
            return Json.MAPPER.readTree(arguments);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(arguments);
        }
    }
}
