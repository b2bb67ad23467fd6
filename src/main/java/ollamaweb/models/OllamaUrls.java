package ollamaweb.models;

import okhttp3.HttpUrl;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.outbound.OutboundGuard;
import ollamaweb.outbound.UpstreamUrl;
import ollamaweb.providers.ProviderException;
import ollamaweb.users.AccountCache;
import ollamaweb.users.UserDao;

/** Which Ollama each user talks to; remembered for a minute, so that asking costs nothing. */
public final class OllamaUrls {

    private final UserDao users;
    private final OutboundGuard guard;
    private final HttpUrl own;
    private final AccountCache<HttpUrl> remembered = new AccountCache<>(this::lookedUp);

    /** @param own the server's own {@code OLLAMA_URL} */
    public OllamaUrls(Database database, OutboundGuard guard, HttpUrl own) {
        this.users = database.reader(UserDao.class);
        this.guard = guard;
        this.own = own;
    }

    /** @return the URL of who has not named another, as it is stored and shown */
    public String fallback() {
        return UpstreamUrl.text(own);
    }

    /**
     * @param text what a client sent as {@code ollama_url}, or null
     * @return the checked URL as it is stored and shown, or null
     * @throws ApiException 422 naming the field
     */
    public String checked(String text) {
        if (text == null) {
            return null;
        }
        try {
            var url = UpstreamUrl.parse(text);
            if (guard.allows(url)) {
                return UpstreamUrl.text(url);
            }
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("ollama_url", e.getMessage(), "value_error.url");
        }
        throw ApiException.invalid("ollama_url", "host and port are not allowed; the server's OLLAMA_ALLOWED_HOSTS lists those that are",
                "value_error.url.host");
    }

    /**
     * @return where the user's models run
     * @throws ProviderException if what the database holds is no URL
     */
    public HttpUrl of(long userId) {
        return remembered.of(userId);
    }

    /** The user's URL was changed, and that is committed. */
    public void changed(long userId) {
        remembered.changed(userId);
    }

    /** @return what is remembered of them */
    public AccountCache<HttpUrl> remembered() {
        return remembered;
    }

    HttpUrl own() {
        return own;
    }

    private HttpUrl lookedUp(long userId) {
        return users.find(userId).map(user -> stored(user.ollamaUrl())).orElse(own);
    }

    private static HttpUrl stored(String text) {
        var url = HttpUrl.parse(text);
        if (url == null) {
            throw new ProviderException(ProviderException.Reason.FORBIDDEN_ADDRESS,
                    "what is saved for this account is not a URL; save another one");
        }
        return url;
    }
}
