package ollamaweb.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import ollamaweb.audit.Actor;
import ollamaweb.audit.AuditAction;
import ollamaweb.audit.AuditLog;
import ollamaweb.auth.CookieSessionDao.Held;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.http.Authenticator;
import ollamaweb.http.ApiException;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;

/**
 * Sessions of the page, which a cookie holds instead of tokens. They are sessions as all others: whatever ends those, a new
 * password or the end of the account, ends these. One that was opened by an API key may do what the key may, while it may.
 */
public final class CookieSessions implements Authenticator {

    static final Duration LIFETIME = Duration.ofDays(30);

    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int REMEMBERED = 10_000;
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

    private final Database database;
    private final CookieSessionDao stored;
    private final SecretKey secret;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    /** Which session a cookie holds never changes; whether that session goes on is asked of {@link Sessions} each time. */
    private final Cache<String, Held> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(REMEMBERED_FOR).build();

    public CookieSessions(Database database, SecretKey secret, Sessions sessions, ApiKeys keys, AuditLog audit, Clock clock) {
        this.database = database;
        this.stored = database.reader(CookieSessionDao.class);
        this.secret = secret;
        this.sessions = sessions;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param cookie the value; nothing else on this server knows it */
    record Opened(String cookie, long userId, Instant expiresAt) {}

    @Override
    public Optional<CurrentUser> authenticate(String cookie) {
        return held(cookie).flatMap(session -> session.keyDigest() == null
                ? Optional.of(CurrentUser.ofSession(session.userId(), session.id()))
                : keys.holderOf(session.keyDigest()).map(holder -> CurrentUser.ofKeySession(session.id(), holder)));
    }

    /** @return until when the caller's session can go on, if it is one */
    Optional<Instant> expiresAt(CurrentUser user) {
        return Optional.ofNullable(user.sessionId()).flatMap(stored::expiresAt);
    }

    /**
     * Takes over a session that was just opened by signing in: from now on the cookie holds it, and its tokens end.
     *
     * @param accessToken of that session
     * @throws ApiException 401 if the session ended meanwhile
     */
    Opened takeOver(String accessToken) {
        var user = sessions.authenticate(accessToken).orElseThrow(CookieSessions::refused);
        var opened = newCookie(user.id());
        boolean held = database.write(tx -> tx.dao(CookieSessionDao.class)
                .hold(user.sessionId(), user.id(), digest(opened.cookie()), newId(), opened.expiresAt()));
        if (!held) {
            throw refused();
        }
        return opened;
    }

    /**
     * Opens a session for who holds an API key; it ends with the key.
     *
     * @throws ApiException 401 if the key is wrong, expired or revoked
     */
    Opened open(String apiKey, ClientAddress address) {
        var user = keys.authenticate(apiKey).orElseThrow(CookieSessions::refused);
        var opened = newCookie(user.id());
        var now = clock.instant();
        database.write(tx -> {
            tx.dao(SessionDao.class).deleteExpired(now);
            audit.write(tx, AuditAction.SIGN_IN, Actor.of(user.id(), address), user.id(), "by key " + user.keyId());
            if (!tx.dao(CookieSessionDao.class).insert(newId(), user.id(), newId(), digest(opened.cookie()), keys.digest(apiKey), now,
                    opened.expiresAt())) {
                throw refused();
            }
            return null;
        });
        return opened;
    }

    private Optional<Held> held(String cookie) {
        if (!FORM.matcher(cookie).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(remembered.get(digest(cookie), digest -> stored.find(digest).orElse(null)))
                .filter(session -> session.expiresAt().isAfter(clock.instant()))
                .filter(session -> sessions.isHolder(session.userId(), session.id()));
    }

    private Opened newCookie(long userId) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new Opened(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), userId, clock.instant().plus(LIFETIME));
    }

    private String digest(String cookie) {
        return secret.digest("session-cookie:" + cookie);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static ApiException refused() {
        return ApiException.unauthorized("Invalid API key");
    }
}
