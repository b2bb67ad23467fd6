package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import ollamaweb.json.Json;

/** One server-sent event; {@code id} is null where it has none. */
public record Event(String id, String name, String data) {

    public JsonNode json() {
        return Json.read(data, JsonNode.class);
    }

    /** @return the text of a token event */
    public String content() {
        return json().path("content").asText();
    }
}
