package ollamaweb.imports.sources;

import com.fasterxml.jackson.databind.JsonNode;

/** The members of JSON objects whose types nobody promises: what is not of the type that is asked for is not there. */
public final class Fields {

    private Fields() {}

    /** @return the text under the first of the names that has one, a number as it is written, or null */
    public static String text(JsonNode object, String... names) {
        for (var name : names) {
            var value = object.path(name);
            if (value.isTextual() || value.isNumber()) {
                return value.asText();
            }
        }
        return null;
    }

    /** @return as {@link #text}, but what is blank counts as not there */
    public static String textUnlessBlank(JsonNode object, String... names) {
        for (var name : names) {
            var text = text(object, name);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** @return whether it is true, the text {@code true}, or a number that is not 0 */
    public static boolean isTrue(JsonNode object, String name) {
        return object.path(name).asBoolean(false);
    }

    /** @return the number cut to what is permitted, or null */
    public static Integer count(JsonNode object, String... names) {
        for (var name : names) {
            var value = object.path(name);
            if (value.isNumber() && value.asDouble() >= 0) {
                return (int) Math.min(value.asDouble(), Integer.MAX_VALUE);
            }
        }
        return null;
    }
}
