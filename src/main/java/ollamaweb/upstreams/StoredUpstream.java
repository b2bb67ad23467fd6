package ollamaweb.upstreams;

import java.time.Instant;

/**
 * A row.
 *
 * @param userId whose it is
 * @param apiKey encrypted, or null
 */
public record StoredUpstream(
        long id,
        long userId,
        boolean shared,
        String name,
        String kind,
        String url,
        String apiKey,
        boolean enabled,
        int priority,
        Instant createdAt,
        Instant updatedAt) {

    Upstream shown(boolean editable) {
        return new Upstream(id, name, kind, url, apiKey != null, enabled, priority, shared, editable, createdAt, updatedAt);
    }
}
