package ollamaweb.models.care;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import okhttp3.HttpUrl;
import ollamaweb.models.ModelProviders;
import ollamaweb.providers.ModelManager;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.ProviderException.Reason;

/** Who keeps the models that an account sees: its Ollama, or several that stand for each other. */
public final class ModelManagers {

    private final ModelProviders providers;
    private final Function<HttpUrl, ModelManager> at;

    /** @param at gives the one that is asked at a URL */
    public ModelManagers(ModelProviders providers, Function<HttpUrl, ModelManager> at) {
        this.providers = providers;
        this.at = at;
    }

    /**
     * @return who fetches a model for the user; of several the first that is there
     * @throws ProviderException if what the database holds is no URL
     */
    ModelManager first(long userId) {
        return at.apply(providers.ollamas(userId).get(0));
    }

    /** @return what they are known by together */
    String name(long userId) {
        return providers.ollamaName(userId);
    }

    /** As {@link ModelManager#delete}, wherever the model is. */
    void delete(long userId, String model) {
        wherever(userId, manager -> manager.delete(model));
    }

    /** As {@link ModelManager#unload}, wherever the model is. */
    void unload(long userId, String model) {
        wherever(userId, manager -> manager.unload(model));
    }

    /** As {@link ModelManager#running}, of all. */
    List<JsonNode> running(long userId) {
        return providers.runningInPool(userId).orElseGet(() -> first(userId).running());
    }

    private void wherever(long userId, Consumer<ModelManager> change) {
        boolean found = false;
        ProviderException missing = null;
        for (var url : providers.ollamas(userId)) {
            try {
                change.accept(at.apply(url));
                found = true;
            } catch (ProviderException e) {
                if (e.reason() != Reason.MODEL_NOT_FOUND) {
                    throw e;
                }
                missing = e;
            }
        }
        if (!found && missing != null) {
            throw missing;
        }
    }
}
