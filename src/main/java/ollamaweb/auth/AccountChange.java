package ollamaweb.auth;

import java.util.Optional;
import ollamaweb.http.Check;
import ollamaweb.http.PatchField;
import ollamaweb.users.User;

/**
 * Body of {@code PATCH /api/v1/users/{id}}; what is missing stays.
 *
 * @param disabled     whether nothing is to open the account
 * @param tokensPerDay null lifts the limit
 */
public record AccountChange(Optional<Boolean> isAdmin, Optional<Boolean> disabled, Optional<Long> tokensPerDay) {

    public AccountChange {
        Check.body()
                .notNull("is_admin", isAdmin)
                .notNull("disabled", disabled)
                .range("tokens_per_day", PatchField.orNull(tokensPerDay), 1, ApiKeyDraft.MAX_TOKENS)
                .orThrow();
    }

    /** @return a change of whether the account is an admin */
    @SuppressWarnings("NullOptional") // null is what was not sent
    public static AccountChange ofRole(boolean isAdmin) {
        return new AccountChange(Optional.of(isAdmin), null, null);
    }

    /** @return a change of whether the account is disabled */
    @SuppressWarnings("NullOptional") // null is what was not sent
    public static AccountChange ofState(boolean disabled) {
        return new AccountChange(null, Optional.of(disabled), null);
    }

    boolean isAdmin(User user) {
        return PatchField.or(isAdmin, user.isAdmin());
    }

    boolean disabled(User user) {
        return PatchField.or(disabled, user.disabled());
    }

    Long tokensPerDay(User user) {
        return PatchField.or(tokensPerDay, user.tokensPerDay());
    }
}
