package ollamaweb.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import ollamaweb.auth.SessionDao.StoredSession;
import ollamaweb.auth.SignedTokens.Claims;
import ollamaweb.auth.SignedTokens.Kind;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.Authenticator;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.RevokedCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sign-ins, and the tokens that come of each. That a session still goes on is cached for a few seconds, so that a
 * request costs no query; one that ends here is forgotten at once.
 */
public final class Sessions implements Authenticator {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    /** A session ends so long after its sign-in, however often it is refreshed and however long tokens may live. */
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final int MAX_CACHED = 100_000;
    private static final Duration CACHE_LIFETIME = Duration.ofSeconds(5);

    /** @param expiresIn how many seconds the access token lives */
    record TokenPair(String accessToken, String refreshToken, String tokenType, long expiresIn) {}

    private final Database database;
    private final SessionDao stored;
    private final SignedTokens tokens;
    private final Duration accessLifetime;
    private final Duration refreshLifetime;
    private final Duration sessionLifetime;
    private final RevokedCredentials revoked;
    private final Clock clock;
    private final Cache<String, StoredSession> active;

    /**
     * @param secret  what the tokens are signed with
     * @param revoked told of each session that ends
     * @param ticker  tells the age of what is cached
     */
    public Sessions(Database database, String secret, Duration accessLifetime, Duration refreshLifetime,
            RevokedCredentials revoked, Clock clock, Ticker ticker) {
        this.database = database;
        this.stored = database.reader(SessionDao.class);
        this.tokens = new SignedTokens(secret, clock);
        this.accessLifetime = accessLifetime;
        this.refreshLifetime = refreshLifetime;
        this.sessionLifetime = accessLifetime.compareTo(refreshLifetime) > 0 ? accessLifetime : refreshLifetime;
        this.revoked = revoked;
        this.clock = clock;
        this.active = Caffeine.newBuilder().ticker(ticker).maximumSize(MAX_CACHED).expireAfterWrite(CACHE_LIFETIME).build();
    }

    @Override
    public Optional<CurrentUser> authenticate(String accessToken) {
        return tokens.read(Kind.ACCESS, accessToken)
                .filter(claims -> isHolder(claims.userId(), claims.sessionId()))
                .map(claims -> CurrentUser.ofSession(claims.userId(), claims.sessionId()));
    }

    /** Starts a session, and clears away those that are long over. */
    TokenPair open(Transaction tx, long userId) {
        var now = clock.instant();
        var first = new Claims(userId, newId(), newId());
        tx.dao(SessionDao.class).deleteExpired(now);
        tx.dao(SessionDao.class).insert(first.sessionId(), userId, first.id(), now, now.plus(shorter(sessionLifetime, LIFETIME)));
        return pair(first, LIFETIME);
    }

    /**
     * Exchanges a refresh token, which works once. A second use means that two people hold it, so the session ends for both.
     *
     * @throws ApiException 401 if it is no refresh token, or was used before
     */
    TokenPair refresh(String refreshToken) {
        var used = tokens.read(Kind.REFRESH, refreshToken).orElseThrow(Sessions::refused);
        var next = new Claims(used.userId(), used.sessionId(), newId());
        var remaining = database.write(tx -> rotated(tx, used, next));
        if (remaining.isEmpty()) {
            forget(List.of(used.sessionId()));
            throw refused();
        }
        return pair(next, remaining.get());
    }

    /**
     * Ends the caller's session, if it is one, and that of the refresh token, if it is one of the caller's.
     *
     * @param refreshToken any text, or null
     */
    void end(CurrentUser user, String refreshToken) {
        var named = Optional.ofNullable(refreshToken)
                .flatMap(token -> tokens.read(Kind.REFRESH, token))
                .map(Claims::sessionId);
        var ending = Stream.concat(Stream.ofNullable(user.sessionId()), named.stream()).toList();
        forget(database.write(tx -> ending.stream().filter(id -> tx.dao(SessionDao.class).delete(id, user.id())).toList()));
    }

    /** Stops believing in sessions that have ended, and ends what was opened with them. */
    void forget(Collection<String> sessionIds) {
        active.invalidateAll(sessionIds);
        revoked.endSessions(sessionIds);
    }

    /** @return whether the session goes on, and is the user's */
    boolean isHolder(long userId, String sessionId) {
        var session = active.get(sessionId, id -> stored.find(id).orElse(null));
        return session != null && session.userId() == userId && remaining(session).compareTo(Duration.ZERO) > 0;
    }

    /** @return how much longer the session goes on; empty if it does not */
    private Optional<Duration> rotated(Transaction tx, Claims used, Claims next) {
        var sessions = tx.dao(SessionDao.class);
        var remaining = sessions.find(used.sessionId()).map(this::remaining).orElse(Duration.ZERO);
        if (remaining.compareTo(Duration.ofSeconds(1)) < 0) {
            sessions.delete(used.sessionId(), used.userId());
            return Optional.empty();
        }
        var expiresAt = clock.instant().plus(shorter(sessionLifetime, remaining));
        if (sessions.rotate(used.sessionId(), used.userId(), used.id(), next.id(), expiresAt)) {
            return Optional.of(remaining);
        }
        if (sessions.delete(used.sessionId(), used.userId())) {
            log.warn("A refresh token of user {} was used twice; its session has ended", used.userId());
        }
        return Optional.empty();
    }

    private Duration remaining(StoredSession session) {
        return Duration.between(clock.instant(), session.createdAt().plus(LIFETIME));
    }

    private TokenPair pair(Claims refresh, Duration remaining) {
        var access = new Claims(refresh.userId(), refresh.sessionId(), newId());
        var accessEnds = shorter(accessLifetime, remaining);
        return new TokenPair(
                tokens.issue(Kind.ACCESS, access, accessEnds),
                tokens.issue(Kind.REFRESH, refresh, shorter(refreshLifetime, remaining)),
                "bearer",
                accessEnds.toSeconds());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static ApiException refused() {
        return ApiException.unauthorized("Invalid API key");
    }
}
