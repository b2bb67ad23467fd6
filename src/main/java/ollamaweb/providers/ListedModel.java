package ollamaweb.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;

/** A model of a server that tells little of its models, described as Ollama's lists describe one. */
public final class ListedModel {

    private ListedModel() {}

    /**
     * @param id      its name there
     * @param created when it was made, or null
     * @return with no abilities: nobody tells them
     */
    public static JsonNode of(String id, Instant created) {
        var model = JsonNodeFactory.instance.objectNode().put("name", id).put("model", id);
        if (created != null) {
            model.put("modified_at", created.toString());
        }
        model.putObject("details");
        return model;
    }
}
