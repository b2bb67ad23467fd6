package ollamaweb.auth;

import java.time.Clock;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditAction;
import ollamaweb.audit.AuditLog;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** New passwords for those who forgot theirs, by a link of {@link PasswordLinks}. */
public final class PasswordResets {

    private static final Logger log = LoggerFactory.getLogger(PasswordResets.class);

    private final Database database;
    private final PasswordLinks links;
    private final Passwords passwords;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Clock clock;

    public PasswordResets(Database database, PasswordLinks links, Passwords passwords, Sessions sessions, AuditLog audit, Clock clock) {
        this.database = database;
        this.links = links;
        this.passwords = passwords;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Sets the password of whom the token is for, and ends all their sessions; API keys stay.
     *
     * @throws ApiException 401 if the token was used before, has expired, or is none
     */
    void redeem(String token, String password, ClientAddress address) {
        long userId = links.owner(database.reader(PasswordResetDao.class), token);
        var hash = passwords.hash(password);
        var ended = database.write(userId, tx -> {
            var resets = tx.dao(PasswordResetDao.class);
            links.owner(resets, token);
            resets.delete(userId);
            tx.dao(CredentialDao.class).update(userId, hash, clock.instant());
            audit.write(tx, AuditAction.PASSWORD_RESET_USED, Actor.of(userId, address), userId, null);
            PasswordVerifier.rememberOnly(tx, userId, address, clock.instant());
            return tx.dao(SessionDao.class).deleteOthers(userId, null);
        });
        sessions.forget(ended);
        log.info("User {} has a new password, set by a link from {}", userId, address.text());
    }
}
