package ollamaweb.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A model of a server that tells little of its models, described as Ollama's lists describe one. */
public final class ListedModel {

    private ListedModel() {}

    /**
     * @param answer  what {@code GET v1/models} answers, at OpenAI's servers and Anthropic's
     * @param created tells when an entry of it was made, or null
     * @throws ProviderException if that is no list of models
     */
    public static List<JsonNode> all(JsonNode answer, ProviderKind kind, Function<JsonNode, Instant> created) {
        if (!answer.path("data").isArray()) {
            throw ProviderException.broken(kind.title() + " sent something that is no list of models", null);
        }
        var models = new ArrayList<JsonNode>();
        answer.path("data").forEach(entry -> models.add(of(entry.path("id").asText(), created.apply(entry))));
        return models;
    }

    /** @throws ProviderException if none of the models has this name */
    public static JsonNode find(List<JsonNode> models, String name) {
        return models.stream().filter(listed -> listed.path("name").asText().equals(name)).findFirst()
                .orElseThrow(() -> ProviderException.modelNotFound(name));
    }

    /**
     * @param id      its name there
     * @param created when it was made, or null
     * @return with no abilities: nobody tells them
     */
    private static JsonNode of(String id, Instant created) {
        var model = JsonNodeFactory.instance.objectNode().put("name", id).put("model", id);
        if (created != null) {
            model.put("modified_at", created.toString());
        }
        model.putObject("details");
        return model;
    }
}
