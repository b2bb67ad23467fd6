package ollamaweb.models;

import java.time.Duration;
import java.util.function.Function;
import okhttp3.HttpUrl;
import ollamaweb.db.Transaction;
import ollamaweb.providers.ModelProvider;
import ollamaweb.providers.ProviderException;

/** Who makes each user's answers. */
public final class ModelProviders {

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private final OllamaUrls urls;
    private final Function<HttpUrl, ModelProvider> at;

    /** @param at makes the provider that is asked at a URL */
    public ModelProviders(OllamaUrls urls, Function<HttpUrl, ModelProvider> at) {
        this.urls = urls;
        this.at = at;
    }

    /**
     * @return where the user's models run
     * @throws ProviderException if what the database holds is no URL
     */
    public ModelProvider of(long userId) {
        return at.apply(urls.of(userId));
    }

    /** @return where the user's models run, as what tells one host from another */
    public String hostOf(long userId) {
        return urls.of(userId).toString();
    }

    /** As {@link #of(long)}, as the transaction sees it. */
    public ModelProvider of(Transaction tx, long userId) {
        return at.apply(urls.of(tx, userId));
    }

    ModelProvider at(HttpUrl url) {
        return at.apply(url);
    }

    /** @return the one that the server's settings name */
    public ModelProvider own() {
        return at.apply(urls.own());
    }

    /** As {@link #answers}, of the one that the server's settings name. */
    public boolean ownAnswers() {
        return own().answers(PROBE_TIMEOUT);
    }

    /** @return whether the user's provider is there; known after 5 seconds at the latest */
    public boolean answers(long userId) {
        return of(userId).answers(PROBE_TIMEOUT);
    }
}
