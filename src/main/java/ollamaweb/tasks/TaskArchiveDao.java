package ollamaweb.tasks;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Tasks and their reminders on their way out of an account and into one. */
@RegisterConstructorMapper(Task.class)
@RegisterConstructorMapper(Reminder.class)
interface TaskArchiveDao {

    /** Tasks after one, in the order of their ids. */
    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, completed_at, goal_id, parent_id, tags,
               estimated_minutes, recurrence, previous_id, recurs_at, created_at, updated_at
          FROM tasks
         WHERE user_id = :userId AND +id > :after
         ORDER BY +id
         LIMIT :limit""")
    List<Task> list(long userId, long after, int limit);

    @SqlQuery("""
        SELECT id, task_id, remind_at, minutes_before, sent_at, created_at
          FROM reminders
         WHERE user_id = :userId AND task_id = :taskId
         ORDER BY id""")
    List<Reminder> reminders(long userId, long taskId);

    @SqlUpdate("""
        INSERT INTO reminders (user_id, task_id, remind_at, minutes_before, sent_at, created_at)
        VALUES (:userId, :taskId, :remindAt, :minutesBefore, :sentAt, :createdAt)""")
    void insert(long userId, @BindMethods Reminder reminder);

    @SqlUpdate("DELETE FROM reminders WHERE user_id = :userId AND task_id = :taskId")
    void deleteReminders(long userId, long taskId);

    /** Names the task that made it, unless another one is named so already. */
    @SqlUpdate("""
        UPDATE tasks
           SET previous_id = :previousId
         WHERE id = :id AND user_id = :userId AND NOT EXISTS (SELECT 1 FROM tasks WHERE previous_id = :previousId)""")
    void follow(long id, long userId, long previousId);

    @SqlUpdate("UPDATE tasks SET parent_id = :parentId WHERE id = :id AND user_id = :userId")
    void hang(long id, long userId, long parentId);
}
