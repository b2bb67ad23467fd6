package ollamaweb.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ollamaweb.http.KeyTerms;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(ApiKeyDao.StoredKey.class)
@RegisterConstructorMapper(ApiKeyDao.Row.class)
interface ApiKeyDao {

    /** What is needed to prove a key, and what it may do. */
    record StoredKey(long id, long userId, String keyHash, Instant expiresAt, String scopes, Integer requestsPerMinute,
            Long tokensPerDay) {

        KeyTerms terms() {
            return new KeyTerms(StoredScopes.scopes(scopes), requestsPerMinute, tokensPerDay);
        }
    }

    /** A key without what proves it. */
    record Row(long id, String name, String hint, Instant createdAt, Instant lastUsedAt, String lastUsedIp, Instant expiresAt,
            boolean store, String scopes, Integer requestsPerMinute, Long tokensPerDay) {

        ApiKey shown() {
            return new ApiKey(id, name, hint, createdAt, lastUsedAt, lastUsedIp, expiresAt, store, StoredScopes.names(scopes),
                    requestsPerMinute, tokensPerDay);
        }
    }

    /**
     * A key to be kept.
     *
     * @param digest what it is found by
     * @param hash   what proves it
     * @param scopes as {@link StoredScopes} has them
     */
    record NewKey(long userId, String name, String hint, String digest, String hash, Instant now, Instant expiresAt, boolean store,
            String scopes, Integer requestsPerMinute, Long tokensPerDay) {}

    @SqlQuery("""
        SELECT k.id, k.user_id, k.key_hash, k.expires_at, k.scopes, k.requests_per_minute, k.tokens_per_day
          FROM api_keys k
          JOIN users u ON u.id = k.user_id AND u.disabled_at IS NULL
         WHERE k.key_digest = :digest""")
    Optional<StoredKey> find(String digest);

    @SqlQuery("""
        SELECT EXISTS (SELECT 1
                         FROM api_keys k
                         JOIN users u ON u.id = k.user_id AND u.disabled_at IS NULL
                        WHERE k.id = :id AND k.user_id = :userId AND (k.expires_at IS NULL OR k.expires_at > :now))""")
    boolean isValid(long id, long userId, Instant now);

    /** Whether what is asked with the key is kept where the request says nothing. */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM api_keys WHERE id = :id AND store)")
    boolean stores(long id);

    @SqlQuery("""
        SELECT id, name, hint, created_at, last_used_at, last_used_ip, expires_at, store, scopes, requests_per_minute, tokens_per_day
          FROM api_keys
         WHERE user_id = :userId
         ORDER BY id
         LIMIT :limit OFFSET :offset""")
    List<Row> list(long userId, int limit, long offset);

    @SqlQuery("SELECT COUNT(*) FROM api_keys WHERE user_id = :userId")
    int count(long userId);

    /** Whether there is such a key, also of an account that is disabled. */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM api_keys WHERE key_digest = :digest)")
    boolean isTaken(String digest);

    @SqlQuery("SELECT key_digest FROM api_keys WHERE user_id = :userId")
    List<String> listDigests(long userId);

    /** @return the digests of the keys that were revoked */
    @SqlQuery("DELETE FROM api_keys WHERE user_id = :userId RETURNING key_digest")
    List<String> deleteAll(long userId);

    @SqlQuery("""
        SELECT id, name, hint, created_at, last_used_at, last_used_ip, expires_at, store, scopes, requests_per_minute, tokens_per_day
          FROM api_keys
         WHERE id = :id AND user_id = :userId""")
    Optional<Row> find(long id, long userId);

    @SqlQuery("""
        INSERT INTO api_keys (user_id, name, hint, key_digest, key_hash, created_at, expires_at, store, scopes, requests_per_minute,
                              tokens_per_day)
        VALUES (:userId, :name, :hint, :digest, :hash, :now, :expiresAt, :store, :scopes, :requestsPerMinute, :tokensPerDay)
        RETURNING id""")
    long insert(@BindMethods NewKey key);

    /** Notes that a key was used, unless that has been noted after {@code before}. */
    @SqlUpdate("""
        UPDATE api_keys
           SET last_used_at = :now, last_used_ip = :address
         WHERE id = :id AND (last_used_at IS NULL OR last_used_at <= :before)""")
    boolean touch(long id, String address, Instant now, Instant before);

    /** @return the digest of the key that was revoked, or empty if the user has no such key */
    @SqlQuery("DELETE FROM api_keys WHERE id = :id AND user_id = :userId RETURNING key_digest")
    Optional<String> delete(long id, long userId);
}
