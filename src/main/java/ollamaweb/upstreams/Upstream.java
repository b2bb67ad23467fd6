package ollamaweb.upstreams;

import java.time.Instant;

/**
 * A server with models, as it is shown.
 *
 * @param id       null for one that the server's settings name
 * @param kind     {@code ollama}, {@code openai} or {@code anthropic}: whose API it speaks
 * @param priority those with a lower one come first
 * @param shared   whether everybody's models are on it, not just one account's
 * @param editable whether the one who asks may change it
 */
public record Upstream(
        Long id,
        String name,
        String kind,
        String url,
        boolean hasApiKey,
        boolean enabled,
        int priority,
        boolean shared,
        boolean editable,
        Instant createdAt,
        Instant updatedAt) {

    static final String[] KINDS = {"ollama", "openai", "anthropic"};
    static final int MAX_PRIORITY = 1000;
}
