package ollamaweb.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ollamaweb.json.Json;

/** One server-sent event; {@code id} is null where it has none. */
public record Event(String id, String name, String data) {

    public JsonNode json() {
        return Json.read(data, JsonNode.class);
    }

    /** @return the text of a token event */
    /** @return the events, the last one without what it cost and how much was read for it */
    public static List<Event> withoutCounts(List<Event> events) {
        return events.stream().map(event -> event.name().equals("done") ? event.withoutCounts() : event).toList();
    }

    /** @return the event without what the answer cost and how much was read for it */
    public Event withoutCounts() {
        var data = (ObjectNode) json();
        data.retain("message_id", "tokens_used", "stopped");
        return new Event(id, name, data.toString());
    }

    public String content() {
        return json().path("content").asText();
    }
}
