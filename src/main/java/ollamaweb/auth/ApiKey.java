package ollamaweb.auth;

import java.time.Instant;
import java.util.List;
import ollamaweb.http.Scope;

/**
 * An API key as lists show it.
 *
 * @param hint              enough of the key to recognise it, too little to use it
 * @param lastUsedAt        to the minute; null if it has not been used
 * @param lastUsedIp        from where it was used then
 * @param expiresAt         null if it lasts until it is revoked
 * @param store             whether what is asked with it through the APIs of Ollama and OpenAI is kept where the request says nothing
 * @param scopes            what it may be used for, see {@link Scope}
 * @param requestsPerMinute null: as many as the account may
 * @param tokensPerDay      null: as many as the account may
 */
public record ApiKey(long id, String name, String hint, Instant createdAt, Instant lastUsedAt, String lastUsedIp, Instant expiresAt,
        boolean store, List<String> scopes, Integer requestsPerMinute, Long tokensPerDay) {}
