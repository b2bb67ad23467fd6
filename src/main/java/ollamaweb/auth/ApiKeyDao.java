package ollamaweb.auth;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(ApiKeyDao.StoredKey.class)
interface ApiKeyDao {

    /** What is needed to prove a key. */
    record StoredKey(long id, long userId, String keyHash, Instant expiresAt) {

        boolean isValid(Instant now) {
            return expiresAt == null || expiresAt.isAfter(now);
        }
    }

    @SqlQuery("""
        SELECT id, user_id, key_hash, expires_at
          FROM api_keys
         WHERE key_digest = :digest""")
    Optional<StoredKey> find(String digest);

    @SqlQuery("""
        INSERT INTO api_keys (user_id, name, hint, key_digest, key_hash, created_at)
        VALUES (:userId, :name, :hint, :digest, :hash, :now)
        RETURNING id""")
    long insert(long userId, String name, String hint, String digest, String hash, Instant now);

    @SqlUpdate("UPDATE api_keys SET last_used_at = :now WHERE id = :id")
    void touch(long id, Instant now);
}
