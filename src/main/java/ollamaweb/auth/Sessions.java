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
import ollamaweb.auth.SignedTokens.Claims;
import ollamaweb.auth.SignedTokens.Kind;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.Access;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sign-ins, and the tokens that come of each. That a session still goes on is believed for a few seconds, so that a
 * request costs no query; one that ends here is forgotten at once.
 */
public final class Sessions implements Access.Tokens {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final int BELIEVED_AT_ONCE = 100_000;
    private static final Duration BELIEVED_FOR = Duration.ofSeconds(5);

    /** @param expiresIn how many seconds the access token lives */
    record TokenPair(String accessToken, String refreshToken, String tokenType, long expiresIn) {}

    private final Database database;
    private final SessionDao stored;
    private final SignedTokens tokens;
    private final Duration accessLifetime;
    private final Duration refreshLifetime;
    private final Duration sessionLifetime;
    private final Clock clock;
    private final Cache<String, Long> holders;

    /**
     * @param secret what the tokens are signed with
     * @param ticker tells how long a session has been believed in
     */
    public Sessions(Database database, String secret, Duration accessLifetime, Duration refreshLifetime, Clock clock, Ticker ticker) {
        this.database = database;
        this.stored = database.reader(SessionDao.class);
        this.tokens = new SignedTokens(secret, clock);
        this.accessLifetime = accessLifetime;
        this.refreshLifetime = refreshLifetime;
        this.sessionLifetime = accessLifetime.compareTo(refreshLifetime) > 0 ? accessLifetime : refreshLifetime;
        this.clock = clock;
        this.holders = Caffeine.newBuilder().ticker(ticker).maximumSize(BELIEVED_AT_ONCE).expireAfterWrite(BELIEVED_FOR).build();
    }

    @Override
    public Optional<CurrentUser> holder(String accessToken) {
        return tokens.read(Kind.ACCESS, accessToken)
                .filter(claims -> isHolder(claims.userId(), claims.sessionId()))
                .map(claims -> new CurrentUser(claims.userId(), claims.sessionId()));
    }

    /** Starts a session, and clears away those that are long over. */
    TokenPair open(Transaction tx, long userId) {
        var now = clock.instant();
        var first = new Claims(userId, newId(), newId());
        tx.dao(SessionDao.class).deleteExpired(now);
        tx.dao(SessionDao.class).insert(first.sessionId(), userId, first.id(), now, now.plus(sessionLifetime));
        return pair(first);
    }

    /**
     * Exchanges a refresh token, which works once. A second use means that two people hold it, so the session ends for both.
     *
     * @throws ApiException 401 if it is no refresh token, or was used before
     */
    TokenPair refresh(String refreshToken) {
        var used = tokens.read(Kind.REFRESH, refreshToken).orElseThrow(Sessions::refused);
        var next = new Claims(used.userId(), used.sessionId(), newId());
        if (!database.write(tx -> rotated(tx, used, next))) {
            forget(List.of(used.sessionId()));
            throw refused();
        }
        return pair(next);
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
        database.write(tx -> {
            ending.forEach(id -> tx.dao(SessionDao.class).delete(id, user.id()));
            return null;
        });
        forget(ending);
    }

    /** Stops believing in sessions that have ended. */
    void forget(Collection<String> sessionIds) {
        holders.invalidateAll(sessionIds);
    }

    private boolean isHolder(long userId, String sessionId) {
        var holder = holders.get(sessionId, id -> stored.findHolder(id).orElse(null));
        return holder != null && holder == userId;
    }

    private boolean rotated(Transaction tx, Claims used, Claims next) {
        var sessions = tx.dao(SessionDao.class);
        var expiresAt = clock.instant().plus(sessionLifetime);
        boolean rotated = sessions.rotate(used.sessionId(), used.userId(), used.id(), next.id(), expiresAt);
        if (!rotated && sessions.delete(used.sessionId(), used.userId())) {
            log.warn("A refresh token of user {} was used twice; its session has ended", used.userId());
        }
        return rotated;
    }

    private TokenPair pair(Claims refresh) {
        var access = new Claims(refresh.userId(), refresh.sessionId(), newId());
        return new TokenPair(
                tokens.issue(Kind.ACCESS, access, accessLifetime),
                tokens.issue(Kind.REFRESH, refresh, refreshLifetime),
                "bearer",
                accessLifetime.toSeconds());
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static ApiException refused() {
        return ApiException.unauthorized("Invalid API key");
    }
}
