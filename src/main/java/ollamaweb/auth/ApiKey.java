package ollamaweb.auth;

import java.time.Instant;

/**
 * An API key as lists show it.
 *
 * @param hint       enough of the key to recognise it, too little to use it
 * @param lastUsedAt to the minute; null if it has not been used
 * @param expiresAt  null if it lasts until it is revoked
 * @param store      whether what is asked with it through the APIs of Ollama and OpenAI is kept where the request says nothing
 */
public record ApiKey(long id, String name, String hint, Instant createdAt, Instant lastUsedAt, Instant expiresAt, boolean store) {}
