package ollamaweb.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** A server that keeps models of its own, which can be fetched, deleted, and taken out of its memory. Safe for many threads. */
public interface ModelManager {

    /**
     * Prepares the fetching of a model from its registry; it begins when the {@link ModelPull} is run.
     *
     * @param told hears how far it is, on the thread that runs it
     */
    ModelPull pull(String model, Consumer<PullProgress> told);

    /**
     * Deletes a model from the server's disk.
     *
     * @throws ProviderException for the reason MODEL_NOT_FOUND, or any other; known after 10 seconds at the latest
     */
    void delete(String model);

    /**
     * Takes a model out of the server's memory, once the answers that it is making are at their end.
     *
     * @throws ProviderException for the reason MODEL_NOT_FOUND, or any other; known after 10 seconds at the latest
     */
    void unload(String model);

    /** As {@link ModelProvider#running}. */
    List<JsonNode> running();
}
