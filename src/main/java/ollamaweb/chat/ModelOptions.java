package ollamaweb.chat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import ollamaweb.http.Check;

/**
 * Ollama's options as a client gives them, each with the type that Ollama wants: one that it does not know it would ignore,
 * and for a wrong type it answers 500.
 *
 * @param values by name; those that were null are left out
 */
record ModelOptions(Map<String, JsonNode> values) {

    private static final int MAX_STOPS = 16;
    private static final int MAX_STOP_LENGTH = 1000;

    @SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
    private enum Type {
        NUMBER("value is not a valid float", "type_error.float", JsonNode::isNumber),
        INTEGER("value is not a valid integer", "type_error.integer", value -> value.isIntegralNumber() && value.canConvertToInt()),
        FLAG("value could not be parsed to a boolean", "type_error.bool", JsonNode::isBoolean),
        TEXTS("must be a list of at most " + MAX_STOPS + " texts", "type_error.list", ModelOptions::areTexts);

        private final String msg;
        private final String type;
        private final Predicate<JsonNode> fits;

        Type(String msg, String type, Predicate<JsonNode> fits) {
            this.msg = msg;
            this.type = type;
            this.fits = fits;
        }
    }

    private static final Map<String, Type> TYPES = types();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    ModelOptions(Map<String, JsonNode> values) {
        var check = Check.body().that(values.size() <= TYPES.size(), "options", "there are not so many options", "value_error");
        check.orThrow();
        var given = new HashMap<String, JsonNode>();
        values.forEach((name, value) -> {
            var type = TYPES.get(name);
            check.that(type != null, name, "is not an option of Ollama's", "value_error.extra");
            if (type != null && value != null && !value.isNull()) {
                check.that(type.fits.test(value), name, type.msg, type.type);
                given.put(name, value);
            }
        });
        check.orThrow();
        this.values = Map.copyOf(given);
    }

    private static Map<String, Type> types() {
        var types = new HashMap<String, Type>();
        put(types, Type.NUMBER, "temperature", "top_p", "min_p", "typical_p", "repeat_penalty", "presence_penalty", "frequency_penalty");
        put(types, Type.INTEGER, "top_k", "seed", "num_ctx", "num_predict", "num_keep", "repeat_last_n", "num_batch", "num_gpu",
                "main_gpu", "num_thread", "draft_num_predict");
        put(types, Type.FLAG, "use_mmap");
        put(types, Type.TEXTS, "stop");
        return Map.copyOf(types);
    }

    private static void put(Map<String, Type> types, Type type, String... names) {
        Arrays.stream(names).forEach(name -> types.put(name, type));
    }

    private static boolean areTexts(JsonNode value) {
        return value.isArray() && value.size() <= MAX_STOPS && StreamSupport.stream(value.spliterator(), false)
                .allMatch(text -> text.isTextual() && text.textValue().length() <= MAX_STOP_LENGTH);
    }
}
