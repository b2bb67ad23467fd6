package ollamaweb.auth;

import java.time.Duration;
import java.time.Instant;
import ollamaweb.http.Check;

/**
 * Body of {@code POST /api/v1/users/me/api-keys}; without an expiry the key lasts until it is revoked.
 *
 * @param store whether what is asked with it through the APIs of Ollama and OpenAI is kept where the request says nothing
 */
record ApiKeyDraft(String name, Instant expiresAt, Integer expiresInDays, Boolean store) {

    private static final int MAX_NAME = 100;
    private static final int MAX_DAYS = 3650;

    ApiKeyDraft {
        name = name == null ? null : name.strip();
        store = store != null && store;
        Check.body()
                .required("name", name)
                .line("name", name, 1, MAX_NAME)
                .range("expires_in_days", expiresInDays, 1, MAX_DAYS)
                .that(expiresAt == null || expiresInDays == null, "expires_in_days", "give this or expires_at, not both", "value_error")
                .orThrow();
    }

    /** @return when a key made now expires, or null for never */
    Instant expiry(Instant now) {
        Check.body().that(expiresAt == null || expiresAt.isAfter(now), "expires_at", "must lie in the future", "value_error").orThrow();
        return expiresInDays == null ? expiresAt : now.plus(Duration.ofDays(expiresInDays));
    }
}
