package ollamaweb.imports.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ollamaweb.json.Json;

/** Calls of tools, written as Ollama writes them: {@code [{"function":{"name":…,"arguments":{…}}}]}. */
public final class ToolCalls {

    /** What is longer is told in the text instead. */
    static final int LONGEST_ARGUMENTS = 16_000;

    private static final JsonTreeReader ARGUMENTS = new JsonTreeReader(100, Set.of());
    private static final String NAMELESS = "tool";

    private final List<String> calls = new ArrayList<>();

    /**
     * @param arguments an object; or a text that is one, as OpenAI writes them
     * @return whether it was taken: false if the arguments are too long
     */
    public boolean add(String name, JsonNode arguments) {
        if (arguments.isTextual() && arguments.asText().length() > 2 * LONGEST_ARGUMENTS) {
            return false;
        }
        var json = write(object(arguments));
        if (json.length() > LONGEST_ARGUMENTS) {
            return false;
        }
        calls.add("{\"function\":{\"name\":" + Json.write(name == null || name.isBlank() ? NAMELESS : name) + ",\"arguments\":" + json
                + "}}");
        return true;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    int length() {
        return calls.stream().mapToInt(String::length).sum();
    }

    /** @return the list, or null where there are none */
    public String json() {
        return calls.isEmpty() ? null : "[" + String.join(",", calls) + "]";
    }

    /** @return the arguments as an object; a text that holds another is unwrapped once more */
    static ObjectNode object(JsonNode arguments) {
        var value = arguments;
        for (int i = 0; i < 2 && value.isTextual(); i++) {
            value = parsed(value);
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        var wrapped = JsonNodeFactory.instance.objectNode();
        boolean isNothing = value.isMissingNode() || value.isNull() || value.isTextual() && value.asText().isEmpty();
        return isNothing ? wrapped : wrapped.set("input", value);
    }

    private static JsonNode parsed(JsonNode text) {
        try {
            var value = ARGUMENTS.read(new ByteArrayInputStream(text.asText().getBytes(StandardCharsets.UTF_8)));
            return value.isMissingNode() ? text : value;
        } catch (IOException e) {
            return text;
        }
    }

    /** @return the value as JSON; {@code {}} where it is nested deeper than anybody writes */
    public static String write(JsonNode value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return "{}";
        }
    }
}
