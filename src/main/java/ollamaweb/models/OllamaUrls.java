package ollamaweb.models;

import okhttp3.HttpUrl;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.ErrorHandling;
import ollamaweb.ollama.OllamaException;
import ollamaweb.ollama.OllamaUrl;
import ollamaweb.ollama.OutboundGuard;
import ollamaweb.users.UserDao;

/** Which Ollama each user talks to. */
public final class OllamaUrls {

    private final UserDao users;
    private final OutboundGuard guard;
    private final HttpUrl fallback;

    /** @param fallback the server's own {@code OLLAMA_URL} */
    public OllamaUrls(Database database, OutboundGuard guard, HttpUrl fallback) {
        this.users = database.reader(UserDao.class);
        this.guard = guard;
        this.fallback = fallback;
    }

    /**
     * @return where the user's models run
     * @throws OllamaException if what the database holds is no URL
     */
    public HttpUrl of(long userId) {
        return of(users, userId);
    }

    /** As {@link #of(long)}, as the transaction sees it. */
    public HttpUrl of(Transaction tx, long userId) {
        return of(tx.dao(UserDao.class), userId);
    }

    /** @return the server's own */
    public HttpUrl fallback() {
        return fallback;
    }

    /**
     * @param text what a client sent as {@code ollama_url}, or null
     * @return the checked URL, or null
     * @throws ApiException 422 naming the field
     */
    public HttpUrl checked(String text) {
        if (text == null) {
            return null;
        }
        try {
            var url = OllamaUrl.parse(text);
            guard.check(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("ollama_url", e.getMessage(), "value_error.url");
        } catch (OllamaException e) {
            throw ErrorHandling.fromOllama(e);
        }
    }

    private HttpUrl of(UserDao dao, long userId) {
        return dao.find(userId).map(user -> stored(user.ollamaUrl())).orElse(fallback);
    }

    private static HttpUrl stored(String text) {
        var url = HttpUrl.parse(text);
        if (url == null) {
            throw new OllamaException(OllamaException.Kind.FORBIDDEN_ADDRESS,
                    "what is saved for this account is not a URL; save another one");
        }
        return url;
    }
}
