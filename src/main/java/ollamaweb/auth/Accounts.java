package ollamaweb.auth;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditAction;
import ollamaweb.audit.AuditLog;
import ollamaweb.auth.CredentialDao.Credential;
import ollamaweb.auth.Sessions.TokenPair;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.ConversationEventDao;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.KeyTerms;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.models.OllamaUrls;
import ollamaweb.users.Admins;
import ollamaweb.users.EmailAddress;
import ollamaweb.users.Profile;
import ollamaweb.users.User;
import ollamaweb.users.UserDao;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an account with an e-mail address begins, is entered, and ends. A password is hashed
 * outside of any transaction, so each transaction looks whether what was verified still holds.
 */
public final class Accounts {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    private final Database database;
    private final Passwords passwords;
    private final PasswordVerifier verifier;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final OllamaUrls ollamaUrls;
    private final SetupMode mode;
    private final RevokedCredentials revoked;
    private final AuditLog audit;
    private final Clock clock;

    /** @param ticker tells how long ago a sign-in failed */
    public Accounts(Database database, Passwords passwords, Sessions sessions, ApiKeys keys, OllamaUrls ollamaUrls, SetupMode mode,
            RevokedCredentials revoked, AuditLog audit, Clock clock, Ticker ticker) {
        this.database = database;
        this.passwords = passwords;
        this.verifier = new PasswordVerifier(database, passwords, ticker);
        this.sessions = sessions;
        this.keys = keys;
        this.ollamaUrls = ollamaUrls;
        this.mode = mode;
        this.revoked = revoked;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param announcer is given what other servers have to know of wrong passwords here */
    public void announceFailuresBy(Consumer<String> announcer) {
        verifier.limits().announceBy(announcer);
    }

    /** To be called with what another server was given by its own {@link #announceFailuresBy}. */
    public void failuresElsewhere(String announcement) {
        verifier.limits().announcedElsewhere(announcement);
    }

    /** An account and the tokens of its new session. */
    record SignedIn(@JsonUnwrapped TokenPair tokens, User user) {}

    /** The cached keys and sessions of an account that is gone; they are removed from the caches. */
    private record Remains(List<String> keyDigests, List<String> sessionIds) {}

    /** @throws ApiException 403 when no new account may be made, 409 when the address has one */
    SignedIn register(Registration registration, ClientAddress address) {
        requireOpen(database.reader(UserDao.class));
        var hash = passwords.hashOfNewcomer(registration.password());
        var newcomer = database.write(Database.NEW_ACCOUNT, tx -> {
            var users = tx.dao(UserDao.class);
            requireOpen(users);
            var now = clock.instant();
            long id = users.insert(ollamaUrls.fallback(), now);
            new Profile(registration.email(), registration.displayName(), Profile.DEFAULT_TIMEZONE).save(tx, id, now);
            tx.dao(CredentialDao.class).update(id, hash, now);
            audit.write(tx, AuditAction.ACCOUNT_CREATED, Actor.of(id, address), id, null);
            return signedIn(tx, id, address);
        });
        log.info("User {} registered from {}", newcomer.user().id(), address.text());
        return newcomer;
    }

    /**
     * No e-mail address is logged: what somebody types there by mistake may be a password.
     *
     * @param address where the caller is
     * @throws ApiException 401, the same after the same time whether the account exists or not; 403 if the password is right, but
     *         the account is disabled; 429 after too many
     */
    SignedIn signIn(String email, String password, ClientAddress address) {
        var folded = EmailAddress.folded(email);
        var account = database.reader(CredentialDao.class).findByEmail(folded);
        if (!verifier.isRight(password, folded, account, address)) {
            log.info("Failed sign-in of {} from {}", account.map(known -> "user " + known.userId()).orElse("an unknown account"),
                    address.text());
            audit.signInFailed(account.map(Credential::userId).orElse(null), address);
            throw wrongLogin();
        }
        if (account.filter(Credential::disabled).isPresent()) {
            log.info("Sign-in of disabled user {} from {}", account.get().userId(), address.text());
            audit.signInFailed(account.get().userId(), address);
            throw ApiException.forbidden("This account is disabled");
        }
        var signedIn = database.write(account.map(Credential::userId).orElseThrow(Accounts::wrongLogin), tx -> {
            if (!tx.dao(CredentialDao.class).findByEmail(folded).equals(account)) {
                throw wrongLogin();
            }
            long userId = account.orElseThrow().userId();
            audit.write(tx, AuditAction.SIGN_IN, Actor.of(userId, address), userId, null);
            return signedIn(tx, userId, address);
        });
        log.info("User {} signed in from {}", signedIn.user().id(), address.text());
        return signedIn;
    }

    /**
     * Sets the password and ends all sessions but the caller's own; API keys stay.
     *
     * @throws ApiException 422 if the account has a password and another one was given; 403 if it has none and the caller's key is
     *         not good for everything
     */
    void changePassword(CurrentUser user, PasswordChange change, ClientAddress address) {
        requireUnrestrictedForFirst(user);
        var verified = requireCurrent(user, change.currentPassword(), address);
        var hash = passwords.hash(change.newPassword());
        var ended = database.write(user.id(), tx -> {
            verified.accept(tx);
            tx.dao(CredentialDao.class).update(user.id(), hash, clock.instant());
            audit.write(tx, AuditAction.PASSWORD_CHANGED, Actor.of(user.id(), address), user.id(), null);
            PasswordVerifier.rememberOnly(tx, user.id(), address, clock.instant());
            return tx.dao(SessionDao.class).deleteOthers(user.id(), user.sessionId());
        });
        sessions.forget(ended);
        log.info("User {} has a new password, changed from {}", user.id(), address.text());
    }

    /** Who signs in may do everything, so a key that may not cannot choose the password that nobody has yet. */
    private void requireUnrestrictedForFirst(CurrentUser user) {
        boolean isFirst = database.reader(CredentialDao.class).find(user.id()).map(Credential::passwordHash).isEmpty();
        if (isFirst && !KeyTerms.UNRESTRICTED.isWithin(user.terms())) {
            throw ApiException.forbidden("This key may not set the first password: it was not made for everything");
        }
    }

    /**
     * Asks for the account's password, where it has one; to be used as a {@link ollamaweb.users.PasswordProof}.
     *
     * @param password what the caller gave, or null
     * @param address  where the caller is
     * @return to be run in the transaction of what the password is asked for: throws if another one holds meanwhile
     * @throws ApiException 422 if it is missing or wrong, 429 after too many wrong ones
     */
    public Consumer<Transaction> requireCurrent(CurrentUser user, String password, ClientAddress address) {
        var account = database.reader(CredentialDao.class).find(user.id());
        if (account.map(Credential::passwordHash).isPresent()) {
            if (password == null) {
                throw ApiException.invalid("current_password", "field required", "value_error.missing");
            }
            if (!verifier.isRight(password, account.get().name(), account, address)) {
                log.info("Wrong current password of user {} from {}", user.id(), address.text());
                audit.signInFailed(user.id(), address);
                throw wrongPassword();
            }
        }
        return tx -> {
            if (!tx.dao(CredentialDao.class).find(user.id()).equals(account)) {
                throw wrongPassword();
            }
        };
    }

    /**
     * Deletes the account. It is gone at once, with all that opens it and all that is under way for it; what belongs to
     * it is deleted in steps.
     *
     * @throws ApiException 404 if there is none; 409 if others would be left without an admin
     */
    void remove(long userId, Actor actor) {
        var remains = database.write(userId, tx -> {
            requireSuccessor(tx, AccountAdministration.find(tx, userId));
            var sessionIds = tx.dao(SessionDao.class).deleteOthers(userId, null);
            var ended = new Remains(tx.dao(ApiKeyDao.class).deleteAll(userId), sessionIds);
            tx.dao(CredentialDao.class).endAnswers(userId);
            tx.dao(CredentialDao.class).endInsights(userId);
            var events = tx.dao(ConversationEventDao.class);
            tx.dao(CredentialDao.class).leaveConversations(userId).forEach(id -> events.memberLeft(id, userId, clock.instant()));
            tx.dao(PasswordResetDao.class).delete(userId);
            tx.dao(UserDao.class).delete(userId, clock.instant());
            audit.write(tx, AuditAction.ACCOUNT_DELETED, actor, userId, null);
            return ended;
        });
        keys.forget(remains.keyDigests());
        sessions.forget(remains.sessionIds());
        revoked.endAccount(userId);
        log.info("User {} is deleted, by {} from {}", userId, actor.userId() == null ? "the console" : "user " + actor.userId(),
                actor.address());
    }

    /** The first of those who come to a server without accounts is its admin, so the last one may leave. */
    private static void requireSuccessor(Transaction tx, User leaver) {
        if (leaver.isAdmin() && !leaver.disabled() && tx.dao(UserDao.class).anyBut(leaver.id())) {
            Admins.requireAnother(tx, leaver.id(), "deleted while there are other accounts");
        }
    }

    private SignedIn signedIn(Transaction tx, long userId, ClientAddress address) {
        PasswordVerifier.remember(tx, userId, address, clock.instant());
        return new SignedIn(sessions.open(tx, userId), tx.dao(UserDao.class).find(userId).orElseThrow());
    }

    private void requireOpen(UserDao users) {
        if (!mode.admits(users.any())) {
            throw ApiException.forbidden("Registration is closed on this server");
        }
    }

    private static ApiException wrongLogin() {
        return ApiException.unauthorized("Invalid email or password");
    }

    private static ApiException wrongPassword() {
        return ApiException.invalid("current_password", "is not the current password", "value_error");
    }
}
