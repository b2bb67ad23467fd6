package ollamaweb.users;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * An account, as it is shown to whom it concerns.
 *
 * @param email       null while only keys open the account
 * @param displayName null until the account is given one
 * @param timezone    an IANA name
 */
public record User(
        long id,
        String email,
        String displayName,
        String timezone,
        @JsonIgnore String ollamaUrl,
        boolean isAdmin,
        Instant createdAt,
        Instant updatedAt) {}
