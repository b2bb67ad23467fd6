package ollamaweb.auth;

import java.util.Optional;
import ollamaweb.auth.CredentialDao.Credential;
import ollamaweb.crypto.Bcrypt;
import ollamaweb.http.Check;

/**
 * Which passwords will do, and whether one is right. They are hashed in pools that do not wait for each other: those who
 * guess, and those who register, hold up nobody who comes with a good record.
 */
public final class Passwords implements AutoCloseable {

    private static final int MIN = 8;
    private static final int MAX = 128;
    /** The last of these is looked at after some 1.5 s; whoever comes then is told so at once. */
    private static final int STRANGERS_WAITING = 6;

    private final Bcrypt owners;
    private final Bcrypt strangers;
    private final Bcrypt newcomers;

    /** @param cost bcrypt's work factor for new hashes */
    public Passwords(int cost) {
        owners = new Bcrypt("password-hashing", cost);
        strangers = new Bcrypt("password-hashing-strangers", cost, STRANGERS_WAITING);
        newcomers = new Bcrypt("password-hashing-newcomers", cost);
    }

    /** Refuses a new password that is missing or too easy to guess. */
    static Check check(Check check, String field, String password) {
        return check.requiredText(field, password, MIN, MAX)
                .that(password == null || password.codePoints().anyMatch(Character::isUpperCase), field,
                        "must contain an upper-case letter", "value_error")
                .that(password == null || password.codePoints().anyMatch(Character::isDigit), field,
                        "must contain a digit", "value_error");
    }

    /** Hashes the password of somebody who registers. */
    String hashOfNewcomer(String password) {
        return newcomers.hash(password);
    }

    /** Hashes the new password of somebody who is signed in. */
    String hash(String password) {
        return owners.hash(password);
    }

    /**
     * @param goodRecord whether it comes from where the right one came from before
     * @return whether it is the account's password; no account, or one without a password, takes as long as a wrong password
     */
    boolean matches(String password, Optional<Credential> account, boolean goodRecord) {
        var pool = goodRecord ? owners : strangers;
        return pool.matches(password, account.map(Credential::passwordHash).orElseGet(pool::dummyHash));
    }

    @Override
    public void close() {
        owners.close();
        strangers.close();
        newcomers.close();
    }
}
