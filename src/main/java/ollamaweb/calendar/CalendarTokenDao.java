package ollamaweb.calendar;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface CalendarTokenDao {

    /** The account's one token from now on. */
    @SqlUpdate("""
        INSERT INTO calendar_tokens (user_id, token_digest, created_at)
        VALUES (:userId, :tokenDigest, :now)
        ON CONFLICT (user_id) DO UPDATE SET token_digest = excluded.token_digest, created_at = excluded.created_at""")
    void put(long userId, String tokenDigest, Instant now);

    @SqlUpdate("DELETE FROM calendar_tokens WHERE user_id = :userId")
    boolean delete(long userId);

    /** Whose calendar a token opens. */
    @SqlQuery("""
        SELECT t.user_id
          FROM calendar_tokens t
          JOIN users u ON u.id = t.user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
         WHERE t.token_digest = :tokenDigest""")
    Optional<Long> findUser(String tokenDigest);
}
