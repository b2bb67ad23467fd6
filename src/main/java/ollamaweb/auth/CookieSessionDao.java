package ollamaweb.auth;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(CookieSessionDao.Held.class)
interface CookieSessionDao {

    /**
     * A session that a cookie holds.
     *
     * @param keyDigest the digest of the API key that opened it, or null
     */
    record Held(String id, long userId, String keyDigest, Instant expiresAt) {}

    @SqlQuery("""
        SELECT id, user_id, key_digest, expires_at
          FROM sessions
         WHERE cookie_digest = :digest""")
    Optional<Held> find(String digest);

    @SqlQuery("SELECT expires_at FROM sessions WHERE id = :id")
    Optional<Instant> expiresAt(String id);

    /** Makes a session that tokens hold into one that only the cookie holds; false if it has ended. */
    @SqlUpdate("""
        UPDATE sessions
           SET cookie_digest = :digest, refresh_jti = :noRefreshId, expires_at = :expiresAt
         WHERE id = :id AND user_id = :userId""")
    boolean hold(String id, long userId, String digest, String noRefreshId, Instant expiresAt);

    /** False if there is no such key. */
    @SqlUpdate("""
        INSERT INTO sessions (id, user_id, refresh_jti, cookie_digest, key_digest, created_at, expires_at)
        SELECT :id, k.user_id, :noRefreshId, :digest, k.key_digest, :now, :expiresAt
          FROM api_keys k
          JOIN users u ON u.id = k.user_id AND u.disabled_at IS NULL
         WHERE k.key_digest = :keyDigest AND k.user_id = :userId""")
    boolean insert(String id, long userId, String noRefreshId, String digest, String keyDigest, Instant now, Instant expiresAt);
}
