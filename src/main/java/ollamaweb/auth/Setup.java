package ollamaweb.auth;

import java.time.Clock;
import java.util.Optional;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditAction;
import ollamaweb.audit.AuditLog;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Scope;
import ollamaweb.models.OllamaUrls;
import ollamaweb.users.UserDao;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an account for a key, or gives an account that has it a new Ollama. */
public final class Setup {

    private static final Logger log = LoggerFactory.getLogger(Setup.class);

    private final Database database;
    private final ApiKeys keys;
    private final OllamaUrls ollamaUrls;
    private final SetupMode mode;
    private final AuditLog audit;
    private final Clock clock;

    public Setup(Database database, ApiKeys keys, OllamaUrls ollamaUrls, SetupMode mode, AuditLog audit, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.ollamaUrls = ollamaUrls;
        this.mode = mode;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param madeKey the key, when the server made it, else null */
    record Account(long userId, String madeKey) {}

    /**
     * @param key       the key, or null for a new one
     * @param ollamaUrl where its models run, or null to leave or choose the server's
     * @param address   where the caller is
     * @throws ApiException 403 when no new account may be made
     */
    Account run(String key, String ollamaUrl, ClientAddress address) {
        if (key != null) {
            var holder = keys.authenticate(key);
            if (holder.isPresent()) {
                return updated(holder.get(), ollamaUrl);
            }
        }
        requireOpen(database.reader(UserDao.class).any());
        var newKey = key == null ? keys.generate() : key;
        var hash = keys.hash(newKey);
        var newcomer = database.write(Database.NEW_ACCOUNT, tx -> insert(tx, newKey, hash, ollamaUrl, address));
        if (newcomer.isEmpty()) {
            return updated(keys.authenticate(newKey).orElseThrow(() -> ApiException.unauthorized("Invalid API key")), ollamaUrl);
        }
        long userId = newcomer.get().id();
        keys.cache(newKey, newcomer.get());
        log.info("User {} set up with a key from {}", userId, address.text());
        return new Account(userId, key == null ? newKey : null);
    }

    private Account updated(CurrentUser holder, String ollamaUrl) {
        long userId = holder.id();
        if (ollamaUrl != null) {
            holder.require(Scope.WRITE);
            database.write(tx -> tx.dao(UserDao.class).updateOllamaUrl(userId, ollamaUrl));
            ollamaUrls.changed(userId);
        }
        return new Account(userId, null);
    }

    /** @return the new account, or empty if the key is somebody's already: made meanwhile, or expired */
    private Optional<CurrentUser> insert(Transaction tx, String key, String hash, String ollamaUrl, ClientAddress address) {
        var digest = keys.digest(key);
        if (tx.dao(ApiKeyDao.class).isTaken(digest)) {
            return Optional.empty();
        }
        requireOpen(tx.dao(UserDao.class).any());
        var url = ollamaUrl == null ? ollamaUrls.fallback() : ollamaUrl;
        long userId = tx.dao(UserDao.class).insert(url, clock.instant());
        long keyId = tx.dao(ApiKeyDao.class).insert(new ApiKeyDao.NewKey(userId, "setup", ApiKeys.hint(key), digest, hash,
                clock.instant(), null, false, StoredScopes.text(Scope.ALL), null, null));
        audit.write(tx, AuditAction.ACCOUNT_CREATED, Actor.of(userId, address), userId, "with key " + keyId);
        return Optional.of(CurrentUser.ofKey(userId, keyId));
    }

    private void requireOpen(boolean hasAccounts) {
        if (!mode.admits(hasAccounts)) {
            throw ApiException.forbidden("Setup is closed on this server; ask its admin for a key");
        }
    }
}
