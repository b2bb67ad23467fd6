package ollamaweb.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import ollamaweb.http.ApiException;

/** The models of several places, as OpenAI's and Ollama's APIs list them. */
final class ListedModels {

    private ListedModels() {}

    /** As {@code GET /api/tags}. */
    record OllamaList(List<JsonNode> models) {}

    /** As {@code GET /v1/models}. */
    record OpenAiList(String object, List<OpenAiModel> data) {}

    /** @param created in seconds since 1970 */
    record OpenAiModel(String id, String object, long created, String ownedBy) {}

    static OpenAiList asOpenAi(List<JsonNode> models) {
        return new OpenAiList("list", models.stream().map(ListedModels::model).toList());
    }

    /** @throws ApiException 404 if it is not there */
    static OpenAiModel find(List<JsonNode> models, String name) {
        return models.stream().map(ListedModels::model).filter(model -> model.id().equals(name) || model.id().equals(name + ":latest"))
                .findFirst().orElseThrow(() -> ApiException.notFound("The model '" + name + "' does not exist"));
    }

    private static OpenAiModel model(JsonNode model) {
        return new OpenAiModel(model.path("name").asText(), "model", seconds(model.path("modified_at").asText()),
                model.path("upstream").asText());
    }

    private static long seconds(String time) {
        try {
            return OffsetDateTime.parse(time).toEpochSecond();
        } catch (DateTimeException unknown) {
            return 0;
        }
    }
}
