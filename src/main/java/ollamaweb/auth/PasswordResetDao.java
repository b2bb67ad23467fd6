package ollamaweb.auth;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The links by which passwords can be set anew; an account has one at most. */
interface PasswordResetDao {

    @SqlUpdate("""
        INSERT INTO password_resets (user_id, token_digest, created_at, expires_at)
        VALUES (:userId, :digest, :now, :expiresAt)
        ON CONFLICT (user_id) DO UPDATE
           SET token_digest = excluded.token_digest, created_at = excluded.created_at, expires_at = excluded.expires_at""")
    void put(long userId, String digest, Instant now, Instant expiresAt);

    /** Whose password a token sets, if it is still good. */
    @SqlQuery("""
        SELECT r.user_id
          FROM password_resets r
          JOIN users u ON u.id = r.user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
         WHERE r.token_digest = :digest AND r.expires_at > :now""")
    Optional<Long> findUser(String digest, Instant now);

    @SqlUpdate("DELETE FROM password_resets WHERE user_id = :userId")
    boolean delete(long userId);
}
