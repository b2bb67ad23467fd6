package ollamaweb.models;

import okhttp3.HttpUrl;
import ollamaweb.upstreams.ActiveUpstream;

/**
 * A place where models are: a user's Ollama, or an upstream. A user who moves to another Ollama sees its models at once.
 *
 * @param userId   whose it is; 0 for one that is shared
 * @param upstream null for the user's own Ollama
 */
public record ModelSource(long userId, HttpUrl url, ActiveUpstream upstream) {

    /** What the user's own Ollama is called among upstreams. */
    static final String OWN = "ollama";

    static ModelSource own(long userId, HttpUrl ollama) {
        return new ModelSource(userId, ollama, null);
    }

    static ModelSource of(long userId, ActiveUpstream upstream) {
        return new ModelSource(upstream.shared() ? 0 : userId, upstream.url(), upstream);
    }

    /** @return what tells one host from another */
    public String host() {
        return url.toString();
    }

    /** @return what people call the server */
    public String title() {
        return isOllama() ? "Ollama" : upstream.name();
    }

    /** @return whether it speaks Ollama's API */
    public boolean isOllama() {
        return upstream == null || upstream.kind().equals(OWN);
    }

    String name() {
        return upstream == null ? OWN : upstream.name();
    }
}
