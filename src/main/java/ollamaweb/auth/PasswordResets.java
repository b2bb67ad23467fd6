package ollamaweb.auth;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditAction;
import ollamaweb.audit.AuditLog;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** New passwords for those who forgot theirs: an admin makes a link, which works once, within an hour. */
public final class PasswordResets {

    private static final Logger log = LoggerFactory.getLogger(PasswordResets.class);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int TOKEN_BYTES = 32;

    private final Database database;
    private final SecretKey secret;
    private final Passwords passwords;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param secret with which tokens are turned into what is kept of them */
    public PasswordResets(Database database, SecretKey secret, Passwords passwords, Sessions sessions, AuditLog audit,
            Clock clock) {
        this.database = database;
        this.secret = secret;
        this.passwords = passwords;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param token shown this once
     * @param url   of the page, below this server; what comes after # is sent to no server, and so is in no log
     */
    public record NewReset(String token, String url, Instant expiresAt) {}

    /**
     * Makes a link; one that was made before does not work any more.
     *
     * @throws ApiException 404 if there is no such account; 409 if it is disabled, or has no e-mail address to sign in with
     */
    NewReset create(long userId, Actor actor) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        var expiresAt = now.plus(LIFETIME);
        database.write(userId, tx -> {
            requireResettable(tx, userId);
            tx.dao(PasswordResetDao.class).put(userId, digest(token), now, expiresAt);
            audit.write(tx, AuditAction.PASSWORD_RESET_CREATED, actor, userId, null);
            return null;
        });
        return new NewReset(token, "/password-reset#" + token, expiresAt);
    }

    /**
     * Sets the password of whom the token is for, and ends all their sessions; API keys stay.
     *
     * @throws ApiException 401 if the token was used before, has expired, or is none
     */
    void redeem(String token, String password, ClientAddress address) {
        var digest = digest(token);
        long userId = owner(database.reader(PasswordResetDao.class), digest);
        var hash = passwords.hash(password);
        var ended = database.write(userId, tx -> {
            var resets = tx.dao(PasswordResetDao.class);
            owner(resets, digest);
            resets.delete(userId);
            tx.dao(CredentialDao.class).update(userId, hash, clock.instant());
            audit.write(tx, AuditAction.PASSWORD_RESET_USED, Actor.of(userId, address), userId, null);
            PasswordVerifier.rememberOnly(tx, userId, address, clock.instant());
            return tx.dao(SessionDao.class).deleteOthers(userId, null);
        });
        sessions.forget(ended);
        log.info("User {} has a new password, set by a link from {}", userId, address.text());
    }

    private long owner(PasswordResetDao resets, String digest) {
        return resets.findUser(digest, clock.instant())
                .orElseThrow(() -> ApiException.unauthorized("This link is not valid any more; ask an admin for a new one"));
    }

    private static void requireResettable(Transaction tx, long userId) {
        var user = AccountAdministration.find(tx, userId);
        if (user.disabled()) {
            throw ApiException.conflict("The account is disabled");
        }
        if (user.email() == null) {
            throw ApiException.conflict("The account has no e-mail address to sign in with");
        }
    }

    private String digest(String token) {
        return secret.digest("password-reset:" + token);
    }
}
