package ollamaweb.auth;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import ollamaweb.auth.CredentialDao.Credential;
import ollamaweb.auth.Sessions.TokenPair;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.ollama.OllamaUrl;
import ollamaweb.users.EmailAddress;
import ollamaweb.users.OllamaUrls;
import ollamaweb.users.Profile;
import ollamaweb.users.User;
import ollamaweb.users.UserDao;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an account with an e-mail address begins, is entered, and ends. A password is hashed
 * outside of any transaction, so each transaction looks whether what was proved still holds.
 */
public final class Accounts {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    private final Database database;
    private final Passwords passwords;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final OllamaUrls ollamaUrls;
    private final SetupMode mode;
    private final Clock clock;

    public Accounts(Database database, Bcrypt bcrypt, Sessions sessions, ApiKeys keys, OllamaUrls ollamaUrls, SetupMode mode, Clock clock) {
        this.database = database;
        this.passwords = new Passwords(bcrypt);
        this.sessions = sessions;
        this.keys = keys;
        this.ollamaUrls = ollamaUrls;
        this.mode = mode;
        this.clock = clock;
    }

    /** An account and the tokens of its new session. */
    record SignedIn(@JsonUnwrapped TokenPair tokens, User user) {}

    /** What is believed in of an account that is gone. */
    private record Remains(List<String> keyDigests, List<String> sessionIds) {}

    /** @throws ApiException 403 when no new account may be made, 409 when the address has one */
    SignedIn register(Registration registration) {
        requireOpen(database.reader(UserDao.class));
        var hash = passwords.hash(registration.password());
        var newcomer = database.write(tx -> {
            var users = tx.dao(UserDao.class);
            requireOpen(users);
            var now = clock.instant();
            long id = users.insert(OllamaUrl.text(ollamaUrls.fallback()), now);
            new Profile(registration.email(), registration.displayName(), Profile.DEFAULT_TIMEZONE).save(tx, id, now);
            tx.dao(CredentialDao.class).update(id, hash, now);
            return signedIn(tx, id);
        });
        log.info("User {} registered", newcomer.user().id());
        return newcomer;
    }

    /** @throws ApiException 401, the same after the same time whether the address is known or not */
    SignedIn signIn(String email, String password) {
        var folded = EmailAddress.folded(email);
        var account = database.reader(CredentialDao.class).findByEmail(folded);
        if (!passwords.matches(password, account)) {
            throw wrongLogin();
        }
        return database.write(tx -> {
            if (!tx.dao(CredentialDao.class).findByEmail(folded).equals(account)) {
                throw wrongLogin();
            }
            return signedIn(tx, account.orElseThrow().userId());
        });
    }

    /**
     * Sets the password and ends all sessions but the caller's own; API keys stay.
     *
     * @throws ApiException 422 if the account has a password and another one was given
     */
    void changePassword(CurrentUser user, PasswordChange change) {
        var account = database.reader(CredentialDao.class).find(user.id());
        requireCurrent(change.currentPassword(), account);
        var hash = passwords.hash(change.newPassword());
        var ended = database.write(tx -> {
            var credentials = tx.dao(CredentialDao.class);
            if (!credentials.find(user.id()).equals(account)) {
                throw wrongPassword();
            }
            credentials.update(user.id(), hash, clock.instant());
            return tx.dao(SessionDao.class).deleteOthers(user.id(), user.sessionId());
        });
        sessions.forget(ended);
        log.info("User {} has a new password", user.id());
    }

    /** Deletes the account and everything that belongs to it. */
    void remove(long userId) {
        var remains = database.write(tx -> {
            var ended = new Remains(
                    tx.dao(ApiKeyDao.class).digests(userId),
                    tx.dao(SessionDao.class).deleteOthers(userId, null));
            tx.dao(UserDao.class).delete(userId);
            return ended;
        });
        keys.forget(remains.keyDigests());
        sessions.forget(remains.sessionIds());
        log.info("User {} left", userId);
    }

    private SignedIn signedIn(Transaction tx, long userId) {
        return new SignedIn(sessions.open(tx, userId), tx.dao(UserDao.class).find(userId).orElseThrow());
    }

    private void requireOpen(UserDao users) {
        if (!mode.admits(users.any())) {
            throw ApiException.forbidden("Registration is closed on this server");
        }
    }

    private void requireCurrent(String password, Optional<Credential> account) {
        if (account.map(Credential::passwordHash).isEmpty()) {
            return;
        }
        if (password == null) {
            throw ApiException.invalid("current_password", "field required", "value_error.missing");
        }
        if (!passwords.matches(password, account)) {
            throw wrongPassword();
        }
    }

    private static ApiException wrongLogin() {
        return ApiException.unauthorized("Invalid email or password");
    }

    private static ApiException wrongPassword() {
        return ApiException.invalid("current_password", "is not the current password", "value_error");
    }
}
