package ollamaweb.models.care;

import java.util.function.Function;
import okhttp3.HttpUrl;
import ollamaweb.models.OllamaUrls;
import ollamaweb.providers.ModelManager;

/** Who keeps the models that an account sees. */
public final class ModelManagers {

    private final OllamaUrls urls;
    private final Function<HttpUrl, ModelManager> at;

    /** @param at gives the one that is asked at a URL */
    public ModelManagers(OllamaUrls urls, Function<HttpUrl, ModelManager> at) {
        this.urls = urls;
        this.at = at;
    }

    /**
     * @return where the user's models are kept
     * @throws ollamaweb.providers.ProviderException if what the database holds is no URL
     */
    ModelManager of(long userId) {
        return at.apply(urls.of(userId));
    }

    /** @return where that is, as what tells one from another */
    String hostOf(long userId) {
        return urls.of(userId).toString();
    }
}
