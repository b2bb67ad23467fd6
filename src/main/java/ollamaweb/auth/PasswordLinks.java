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

/** The links by which passwords are set: each works once, within an hour. */
public final class PasswordLinks {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int TOKEN_BYTES = 32;

    private final Database database;
    private final SecretKey secret;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param secret with which tokens are turned into what is kept of them */
    public PasswordLinks(Database database, SecretKey secret, AuditLog audit, Clock clock) {
        this.database = database;
        this.secret = secret;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param token shown this once
     * @param url   of the page, below this server; what comes after # is sent to no server, and so is in no log
     */
    public record NewLink(String token, String url, Instant expiresAt) {}

    /**
     * Makes a link; one that was made before does not work any more.
     *
     * @throws ApiException 404 if there is no such account; 409 if it is disabled, or has no e-mail address to sign in with
     */
    public NewLink create(long userId, Actor actor) {
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
        return new NewLink(token, "/password-reset#" + token, expiresAt);
    }

    /**
     * @return whose password the token sets
     * @throws ApiException 401 if it was used before, has expired, or is none
     */
    long owner(PasswordResetDao resets, String token) {
        return resets.findUser(digest(token), clock.instant())
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
