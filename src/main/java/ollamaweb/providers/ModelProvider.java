package ollamaweb.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Where models run: one server that is asked over HTTP, whatever it speaks. Safe for many threads. */
public interface ModelProvider extends ChatSource {

    /**
     * @return the models that can be asked, described as Ollama's {@code GET /api/tags} does; known after 10 seconds at the latest
     * @throws ProviderException if they cannot be had
     */
    List<JsonNode> models();

    /**
     * @return what is known of a model, described as Ollama's {@code POST /api/show} does; known after 10 seconds at the latest
     * @throws ProviderException for the reason MODEL_NOT_FOUND, or any other
     */
    JsonNode show(String model);

    /**
     * @return the models that are loaded now, described as Ollama's {@code GET /api/ps} does; empty where a provider does not
     *         tell; known after a second at the latest
     * @throws ProviderException if they cannot be had
     */
    List<JsonNode> running();

    /**
     * @return for each text, in their order, the numbers that stand for its meaning
     * @throws ProviderException if they cannot be had
     */
    List<float[]> embed(String model, List<String> texts);

    /** @return whether it is there and speaks what is expected; known after {@code timeout} at the latest, never fails */
    boolean answers(Duration timeout);
}
