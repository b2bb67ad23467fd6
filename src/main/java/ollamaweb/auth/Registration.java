package ollamaweb.auth;

import ollamaweb.http.Check;
import ollamaweb.users.EmailAddress;
import ollamaweb.users.Profile;

/** Body of {@code POST /api/v1/auth/register}. */
record Registration(String email, String password, String displayName) {

    Registration {
        displayName = displayName == null ? null : displayName.strip();
        var check = Check.body().required("email", email);
        email = check.parsed("email", email, EmailAddress::checked);
        Passwords.check(check, "password", password)
                .required("display_name", displayName)
                .line("display_name", displayName, 1, Profile.MAX_DISPLAY_NAME)
                .orThrow();
    }
}
