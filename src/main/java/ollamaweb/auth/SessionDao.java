package ollamaweb.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(SessionDao.StoredSession.class)
interface SessionDao {

    /** What is needed to go on with a session. */
    record StoredSession(long userId, Instant createdAt) {}

    @SqlQuery("""
        SELECT s.user_id, s.created_at
          FROM sessions s
          JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
         WHERE s.id = :id""")
    Optional<StoredSession> find(String id);

    @SqlUpdate("""
        INSERT INTO sessions (id, user_id, refresh_jti, created_at, expires_at)
        VALUES (:id, :userId, :refreshId, :now, :expiresAt)""")
    void insert(String id, long userId, String refreshId, Instant now, Instant expiresAt);

    /** @return false if {@code usedId} is not the refresh token that works: used before, or its session is over */
    @SqlUpdate("""
        UPDATE sessions
           SET refresh_jti = :nextId, expires_at = :expiresAt
         WHERE id = :id AND user_id = :userId AND refresh_jti = :usedId""")
    boolean rotate(String id, long userId, String usedId, String nextId, Instant expiresAt);

    @SqlUpdate("DELETE FROM sessions WHERE id = :id AND user_id = :userId")
    boolean delete(String id, long userId);

    /**
     * @param keptId the session that stays, or null for none
     * @return the sessions that ended
     */
    @SqlQuery("""
        DELETE FROM sessions
         WHERE user_id = :userId AND (:keptId IS NULL OR id <> :keptId)
        RETURNING id""")
    List<String> deleteOthers(long userId, String keptId);

    @SqlUpdate("DELETE FROM sessions WHERE expires_at < :now")
    int deleteExpired(Instant now);
}
