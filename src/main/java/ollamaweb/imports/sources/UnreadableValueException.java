package ollamaweb.imports.sources;

import com.fasterxml.jackson.databind.JsonNode;

/** One value of a document cannot be read, those after it can. */
public final class UnreadableValueException extends UnreadableException {

    private final transient JsonNode partial;

    UnreadableValueException(String message, JsonNode partial) {
        super(message);
        this.partial = partial;
    }

    /** @return what was read of the value, to tell what it is called; may be missing */
    public JsonNode partial() {
        return partial;
    }
}
