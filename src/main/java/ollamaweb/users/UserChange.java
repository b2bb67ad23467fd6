package ollamaweb.users;

import java.time.ZoneId;
import ollamaweb.http.Check;

/**
 * Body of {@code PATCH /api/v1/users/me}; what is missing stays.
 *
 * @param currentPassword needed for another e-mail address by an account that has a password
 */
record UserChange(String email, String displayName, String timezone, String currentPassword) {

    UserChange {
        displayName = displayName == null ? null : displayName.strip();
        var check = Check.body();
        email = check.parsed("email", email, EmailAddress::checked);
        check.line("display_name", displayName, 1, Profile.MAX_DISPLAY_NAME)
                .that(timezone == null || ZoneId.getAvailableZoneIds().contains(timezone), "timezone",
                        "must be an IANA time zone such as Europe/Berlin", "value_error")
                .orThrow();
    }

    boolean changesEmailOf(User user) {
        return email != null && !email.equals(user.email());
    }

    Profile appliedTo(User user) {
        return new Profile(
                email == null ? user.email() : email,
                displayName == null ? user.displayName() : displayName,
                timezone == null ? user.timezone() : timezone);
    }
}
