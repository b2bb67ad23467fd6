package ollamaweb.users;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * An account, as it is shown to admins.
 *
 * @param disabled     whether nothing opens it
 * @param tokensPerDay null for no limit
 */
public record AdministeredUser(@JsonUnwrapped User user, boolean disabled, Long tokensPerDay) {

    public static AdministeredUser of(User user) {
        return new AdministeredUser(user, user.disabled(), user.tokensPerDay());
    }
}
