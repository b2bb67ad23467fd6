package ollamaweb;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.apibuilder.EndpointGroup;
import java.time.Clock;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import ollamaweb.audit.AuditLog;
import ollamaweb.audit.AuditRoutes;
import ollamaweb.auth.AccountAdministration;
import ollamaweb.auth.AccountAdministrationRoutes;
import ollamaweb.auth.AccountRoutes;
import ollamaweb.auth.Accounts;
import ollamaweb.auth.ApiKeyRoutes;
import ollamaweb.auth.ApiKeys;
import ollamaweb.auth.AuthRoutes;
import ollamaweb.auth.CookieSessionRoutes;
import ollamaweb.auth.CookieSessions;
import ollamaweb.auth.PasswordLinks;
import ollamaweb.auth.PasswordResets;
import ollamaweb.auth.Passwords;
import ollamaweb.auth.Sessions;
import ollamaweb.auth.Setup;
import ollamaweb.auth.SignInRoutes;
import ollamaweb.auth.TokenAuthenticator;
import ollamaweb.crypto.Bcrypt;
import ollamaweb.crypto.HashingCosts;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.Access;
import ollamaweb.http.RevokedCredentials;
import ollamaweb.models.ModelProviders;
import ollamaweb.models.OllamaUrls;
import ollamaweb.users.Admins;
import ollamaweb.users.UserRoutes;

/** Keys, passwords, tokens and cookies: all by which the server knows who is asking, with its routes. */
final class SignInServices implements EndpointGroup, AutoCloseable {

    private final Settings settings;
    private final Database database;
    private final SecretKey secret;
    private final OllamaUrls ollamaUrls;
    private final RevokedCredentials revoked;
    private final Clock clock;
    private final Bcrypt keyHashing;
    private final Passwords passwords;
    private final ApiKeys keys;
    private final Sessions sessions;
    private final Accounts accounts;
    private final CookieSessions cookies;
    private final AuditLog audit;
    private final Access access;

    /**
     * @param tokenSecret what access and refresh tokens are signed with
     * @param ticker      tells the age of what is cached
     */
    SignInServices(Settings settings, Database database, SecretKey secret, String tokenSecret, OllamaUrls ollamaUrls,
            RevokedCredentials revoked, HashingCosts costs, Clock clock, Ticker ticker) {
        this.settings = settings;
        this.database = database;
        this.secret = secret;
        this.ollamaUrls = ollamaUrls;
        this.revoked = revoked;
        this.clock = clock;
        audit = new AuditLog(database, clock);
        keyHashing = new Bcrypt("key-hashing", costs.keys());
        passwords = new Passwords(costs.passwords());
        keys = new ApiKeys(database, secret, keyHashing, clock);
        sessions = new Sessions(database, tokenSecret, settings.accessTokenLifetime(), settings.refreshTokenLifetime(), revoked, clock,
                ticker);
        accounts = new Accounts(database, passwords, sessions, keys, ollamaUrls, settings.setupMode(), revoked, audit, clock, ticker);
        cookies = new CookieSessions(database, secret, sessions, keys, audit, clock);
        access = new Access(new TokenAuthenticator(sessions, keys), cookies, revoked, keys::used);
    }

    Accounts accounts() {
        return accounts;
    }

    Access access() {
        return access;
    }

    /** Adds the routes below {@code /api} for who has no key yet. */
    void addSetup(ModelProviders providers) {
        var setup = new Setup(database, keys, ollamaUrls, settings.setupMode(), audit, clock);
        new AuthRoutes(setup, keys, ollamaUrls, providers).addEndpoints();
    }

    /** Adds the routes below {@code /api/v1}. */
    @Override
    public void addEndpoints() {
        new SignInRoutes(accounts, sessions, clock).addEndpoints();
        new CookieSessionRoutes(database, access, accounts, sessions, cookies, settings.setupMode(), clock).addEndpoints();
        new AccountRoutes(accounts, clock).addEndpoints();
        new ApiKeyRoutes(database, keys, revoked, audit, clock).addEndpoints();
    }

    /**
     * Adds the routes below {@code /api/v1} by which people see and change their own account.
     *
     * @param moved is told, within the same transaction, of an account that may have another time zone
     */
    void addProfile(BiConsumer<Transaction, Long> moved) {
        new UserRoutes(database, accounts::requireCurrent, moved, audit, clock).addEndpoints();
    }

    /**
     * Adds the routes below {@code /api/v1} by which admins change accounts and see what was done; after those of {@code users/me}.
     *
     * @param tokenLimitChanged is told of each account that may have more or fewer tokens in a day
     */
    void addAdministration(LongConsumer tokenLimitChanged) {
        var administration = new AccountAdministration(database, sessions, keys, revoked, tokenLimitChanged, audit, clock);
        var links = new PasswordLinks(database, secret, audit, clock);
        var resets = new PasswordResets(database, links, passwords, sessions, audit, clock);
        new AccountAdministrationRoutes(database, administration, accounts, links, resets, clock).addEndpoints();
        new AuditRoutes(database, new Admins(database)::require, clock).addEndpoints();
    }

    @Override
    public void close() {
        keyHashing.close();
        passwords.close();
    }
}
