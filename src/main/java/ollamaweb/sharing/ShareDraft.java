package ollamaweb.sharing;

import java.time.Instant;
import java.util.Optional;

/**
 * Body of {@code POST /api/conversations/{id}/shares}.
 *
 * @param expiresAt when it is to end by itself; null: never
 * @param live      null: false
 */
record ShareDraft(Optional<Instant> expiresAt, Boolean live) {

    ShareDraft {
        expiresAt = expiresAt == null ? Optional.empty() : expiresAt;
        live = live != null && live;
    }
}
