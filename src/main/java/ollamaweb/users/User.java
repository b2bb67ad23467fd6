package ollamaweb.users;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * An account, as it is shown to whom it concerns; admins see more, see {@link AdministeredUser}.
 *
 * @param email       null while only keys open the account
 * @param displayName null until the account is given one
 * @param timezone    an IANA name
 * @param disabled    whether nothing opens the account until an admin changes that
 * @param tokensPerDay how many tokens all its questions and answers of a day may have together; null for no limit
 */
public record User(
        long id,
        String email,
        String displayName,
        String timezone,
        @JsonIgnore String ollamaUrl,
        boolean isAdmin,
        @JsonIgnore boolean disabled,
        @JsonIgnore Long tokensPerDay,
        Instant createdAt,
        Instant updatedAt) {}
