package ollamaweb.insights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** When accounts get the insights that come by themselves. */
@RegisterConstructorMapper(ScheduleDao.Due.class)
interface ScheduleDao {

    /** An account's insight whose time has come. */
    record Due(long userId, String schedule, Instant nextAt) {}

    /** What is due already stays so. */
    @SqlUpdate("""
        INSERT INTO insight_schedules (user_id, schedule, next_at)
        VALUES (:userId, :schedule, :nextAt)
        ON CONFLICT (user_id, schedule) DO UPDATE SET next_at = excluded.next_at WHERE insight_schedules.next_at > :now""")
    void put(long userId, String schedule, Instant nextAt, Instant now);

    @SqlUpdate("DELETE FROM insight_schedules WHERE user_id = :userId AND schedule = :schedule")
    void delete(long userId, String schedule);

    /** Of all accounts, the longest due first. */
    @SqlQuery("""
        SELECT s.user_id, s.schedule, s.next_at
          FROM insight_schedules s
          JOIN users u ON u.id = s.user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
         WHERE s.next_at <= :now
         ORDER BY s.next_at, s.user_id
         LIMIT :limit""")
    List<Due> listDue(Instant now, int limit);

    /** @return false if another server was quicker, or the account has changed its mind */
    @SqlUpdate("""
        UPDATE insight_schedules
           SET next_at = :following
         WHERE user_id = :userId AND schedule = :schedule AND next_at = :nextAt""")
    boolean move(@BindMethods Due due, Instant following);

    /** The model that the user talked to last. */
    @SqlQuery("""
        SELECT model_name
          FROM conversations
         WHERE user_id = :userId AND trashed_at IS NULL
         ORDER BY updated_at DESC, id DESC
         LIMIT 1""")
    Optional<String> findModel(long userId);
}
