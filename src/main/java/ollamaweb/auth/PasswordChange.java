package ollamaweb.auth;

import ollamaweb.http.Check;

/**
 * Body of {@code POST /api/v1/users/me/password}.
 *
 * @param currentPassword needed by an account that has one
 */
record PasswordChange(String currentPassword, String newPassword) {

    PasswordChange {
        Passwords.check(Check.body(), "new_password", newPassword).orThrow();
    }
}
