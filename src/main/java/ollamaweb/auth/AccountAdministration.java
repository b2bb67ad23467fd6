package ollamaweb.auth;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditAction;
import ollamaweb.audit.AuditLog;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.users.Admins;
import ollamaweb.users.Profile;
import ollamaweb.users.User;
import ollamaweb.users.UserDao;

/**
 * What admins do with accounts. One that is disabled keeps all it has, its keys and memberships of conversations included, but
 * nothing opens it: sessions have ended, keys, links to its conversations and its calendar are refused, insights do not come by
 * themselves. Answers that are being made go on, as they do for everybody who leaves.
 */
public final class AccountAdministration {

    private final Database database;
    private final Consumer<Collection<String>> endedSessions;
    private final Consumer<Collection<String>> endedKeys;
    private final RevokedCredentials revoked;
    private final LongConsumer tokenLimitChanged;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * @param revoked           is told of each account that is disabled, or no longer so
     * @param tokenLimitChanged is told of each account that may have more or fewer tokens in a day
     */
    public AccountAdministration(Database database, Sessions sessions, ApiKeys keys, RevokedCredentials revoked,
            LongConsumer tokenLimitChanged, AuditLog audit, Clock clock) {
        this(database, sessions::forget, keys::forget, revoked, tokenLimitChanged, audit, clock);
    }

    /**
     * Where nobody signs in, and limits stay as they are: at the console.
     *
     * @param revoked is told of each session that ends, too
     */
    public AccountAdministration(Database database, RevokedCredentials revoked, AuditLog audit, Clock clock) {
        this(database, revoked::endSessions, digests -> {}, revoked, userId -> {}, audit, clock);
    }

    private AccountAdministration(Database database, Consumer<Collection<String>> endedSessions, Consumer<Collection<String>> endedKeys,
            RevokedCredentials revoked, LongConsumer tokenLimitChanged, AuditLog audit, Clock clock) {
        this.database = database;
        this.endedSessions = endedSessions;
        this.endedKeys = endedKeys;
        this.revoked = revoked;
        this.tokenLimitChanged = tokenLimitChanged;
        this.audit = audit;
        this.clock = clock;
    }

    /** An account before and after, and what opened it until now. */
    private record Changed(User before, User after, List<String> endedSessions, List<String> keyDigests) {}

    /**
     * @return the account as it is now
     * @throws ApiException 404 if there is none, 409 if no admin would be left
     */
    public User change(long userId, AccountChange change, Actor actor) {
        var changed = database.write(userId, tx -> changed(tx, userId, change, actor));
        if (changed.after().disabled() && !changed.before().disabled()) {
            endedKeys.accept(changed.keyDigests());
            endedSessions.accept(changed.endedSessions());
            revoked.endAccount(userId);
        } else if (changed.before().disabled() && !changed.after().disabled()) {
            revoked.restoreAccount(userId);
        }
        if (!Objects.equals(changed.before().tokensPerDay(), changed.after().tokensPerDay())) {
            tokenLimitChanged.accept(userId);
        }
        return changed.after();
    }

    /**
     * Makes an admin who has no password yet, see {@link PasswordLinks}.
     *
     * @param profile   with the e-mail address
     * @param ollamaUrl where the account's models run
     * @return the account's id
     * @throws ApiException 409 if the address has an account
     */
    public long createAdmin(Profile profile, String ollamaUrl, Actor actor) {
        return database.write(Database.NEW_ACCOUNT, tx -> {
            var now = clock.instant();
            long id = tx.dao(UserDao.class).insert(ollamaUrl, now);
            profile.save(tx, id, now);
            tx.dao(UserDao.class).administer(id, true, false, null, now);
            audit.write(tx, AuditAction.ACCOUNT_CREATED, actor, id, "as an admin");
            return id;
        });
    }

    private Changed changed(Transaction tx, long userId, AccountChange change, Actor actor) {
        var users = tx.dao(UserDao.class);
        var before = find(tx, userId);
        boolean disables = change.disabled(before) && !before.disabled();
        if (before.isAdmin() && !before.disabled() && (disables || !change.isAdmin(before))) {
            Admins.requireAnother(tx, userId, disables ? "disabled" : "demoted");
        }
        users.administer(userId, change.isAdmin(before), change.disabled(before), change.tokensPerDay(before), clock.instant());
        var after = find(tx, userId);
        note(tx, before, after, actor);
        return disables
                ? new Changed(before, after, ended(tx, userId), tx.dao(ApiKeyDao.class).listDigests(userId))
                : new Changed(before, after, List.of(), List.of());
    }

    private void note(Transaction tx, User before, User after, Actor actor) {
        if (before.isAdmin() != after.isAdmin()) {
            audit.write(tx, after.isAdmin() ? AuditAction.ADMIN_GRANTED : AuditAction.ADMIN_REVOKED, actor, after.id(), null);
        }
        if (before.disabled() != after.disabled()) {
            audit.write(tx, after.disabled() ? AuditAction.ACCOUNT_DISABLED : AuditAction.ACCOUNT_ENABLED, actor, after.id(), null);
        }
        if (!Objects.equals(before.tokensPerDay(), after.tokensPerDay())) {
            audit.write(tx, AuditAction.TOKENS_PER_DAY_CHANGED, actor, after.id(), before.tokensPerDay() + " to " + after.tokensPerDay());
        }
    }

    private static List<String> ended(Transaction tx, long userId) {
        tx.dao(PasswordResetDao.class).delete(userId);
        return tx.dao(SessionDao.class).deleteOthers(userId, null);
    }

    static User find(Transaction tx, long userId) {
        return tx.dao(UserDao.class).find(userId).orElseThrow(() -> ApiException.notFound("User not found"));
    }
}
