package ollamaweb.upstreams;

import static ollamaweb.http.PatchField.orNull;

import java.util.Optional;

/**
 * Body of {@code PATCH /api/upstreams/{id}}; what is missing stays.
 *
 * @param apiKey null takes the key away
 */
record UpstreamChange(Optional<String> name, Optional<String> kind, Optional<String> url, Optional<String> apiKey,
        Optional<Boolean> enabled, Optional<Integer> priority) {

    UpstreamChange {
        UpstreamDraft.check(orNull(name), orNull(kind), orNull(url), orNull(apiKey), orNull(priority))
                .notNull("name", name)
                .notNull("kind", kind)
                .notNull("url", url)
                .notNull("enabled", enabled)
                .notNull("priority", priority)
                .orThrow();
    }
}
