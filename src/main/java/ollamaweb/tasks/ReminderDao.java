package ollamaweb.tasks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Reminder.class)
@RegisterConstructorMapper(ReminderDao.Claimed.class)
interface ReminderDao {

    /** A reminder that is sent by whoever got this. */
    record Claimed(long id, long userId, long taskId, Instant remindAt) {}

    @SqlQuery("""
        SELECT id, task_id, remind_at, minutes_before, sent_at, created_at
          FROM reminders
         WHERE task_id = :taskId AND user_id = :userId
         ORDER BY remind_at NULLS LAST, id""")
    List<Reminder> list(long taskId, long userId);

    @SqlQuery("""
        SELECT id, task_id, remind_at, minutes_before, sent_at, created_at
          FROM reminders
         WHERE id = :id AND task_id = :taskId AND user_id = :userId""")
    Optional<Reminder> find(long id, long taskId, long userId);

    @SqlQuery("""
        INSERT INTO reminders (user_id, task_id, remind_at, minutes_before, created_at)
        VALUES (:userId, :taskId, :remindAt, :minutesBefore, :now)
        RETURNING id""")
    long insert(long userId, long taskId, Instant remindAt, Integer minutesBefore, Instant now);

    /** @param again whether it is to be sent although it was before */
    @SqlUpdate("""
        UPDATE reminders
           SET remind_at = :remindAt, sent_at = CASE WHEN :again THEN NULL ELSE sent_at END
         WHERE id = :id AND user_id = :userId""")
    boolean move(long id, long userId, Instant remindAt, boolean again);

    @SqlUpdate("DELETE FROM reminders WHERE id = :id AND task_id = :taskId AND user_id = :userId")
    boolean delete(long id, long taskId, long userId);

    /** Those of all users that are to be sent, the earliest first. */
    @SqlQuery("""
        SELECT id
          FROM reminders
         WHERE sent_at IS NULL AND remind_at <= :now
         ORDER BY remind_at, id
         LIMIT :limit""")
    List<Long> listDue(Instant now, int limit);

    /** Empty if another server was quicker, or it was moved or deleted. */
    @SqlQuery("""
        UPDATE reminders
           SET sent_at = :now
         WHERE id = :id AND sent_at IS NULL AND remind_at <= :now
        RETURNING id, user_id, task_id, remind_at""")
    Optional<Claimed> claim(long id, Instant now);
}
