package ollamaweb.auth;

import java.util.Optional;
import ollamaweb.auth.CredentialDao.Credential;
import ollamaweb.http.Check;

/** Which passwords will do, and whether one is right. */
final class Passwords {

    private static final int MIN = 8;
    private static final int MAX = 128;

    private final Bcrypt bcrypt;

    Passwords(Bcrypt bcrypt) {
        this.bcrypt = bcrypt;
    }

    /** Refuses a new password that is missing or too easy to guess. */
    static Check check(Check check, String field, String password) {
        return check.requiredText(field, password, MIN, MAX)
                .that(password == null || password.codePoints().anyMatch(Character::isUpperCase), field,
                        "must contain an upper-case letter", "value_error")
                .that(password == null || password.codePoints().anyMatch(Character::isDigit), field,
                        "must contain a digit", "value_error");
    }

    String hash(String password) {
        return bcrypt.hash(password);
    }

    /** @return whether it is the account's password; no account, or one without a password, takes as long as a wrong password */
    boolean matches(String password, Optional<Credential> account) {
        var hash = account.map(Credential::passwordHash).orElseGet(bcrypt::unmatchable);
        return bcrypt.matches(password, hash);
    }
}
