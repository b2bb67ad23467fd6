package ollamaweb.calendar;

import java.time.Instant;
import java.util.List;
import ollamaweb.calendar.CalendarEntry.Goal;
import ollamaweb.calendar.CalendarEntry.Task;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What an account's calendar shows. */
@RegisterConstructorMapper(Task.class)
@RegisterConstructorMapper(Goal.class)
interface CalendarDao {

    /** What is left to do and due from {@code start} on, the nearest first. */
    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, estimated_minutes, tags, recurrence, created_at, updated_at
          FROM tasks
         WHERE user_id = :userId AND status IN ('open', 'in_progress') AND due_date >= :start AND due_date < :end
         ORDER BY due_date, id
         LIMIT :limit""")
    List<Task> listComing(long userId, Instant start, Instant end, int limit);

    /** What is left to do and was due earlier, the nearest first. */
    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, estimated_minutes, tags, recurrence, created_at, updated_at
          FROM tasks
         WHERE user_id = :userId AND status IN ('open', 'in_progress') AND due_date >= :start AND due_date < :end
         ORDER BY due_date DESC, id DESC
         LIMIT :limit""")
    List<Task> listOverdue(long userId, Instant start, Instant end, int limit);

    /** What is done or was given up, due last first. */
    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, estimated_minutes, tags, recurrence, created_at, updated_at
          FROM tasks
         WHERE user_id = :userId AND status IN ('done', 'cancelled') AND due_date >= :start AND due_date < :end
         ORDER BY due_date DESC, id DESC
         LIMIT :limit""")
    List<Task> listClosed(long userId, Instant start, Instant end, int limit);

    /** What is left to do and has no date, newest first. */
    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, estimated_minutes, tags, recurrence, created_at, updated_at
          FROM tasks
         WHERE user_id = :userId AND status IN ('open', 'in_progress') AND due_date IS NULL
         ORDER BY id DESC
         LIMIT :limit""")
    List<Task> listUndated(long userId, int limit);

    /** Days are texts that sort as time. */
    @SqlQuery("""
        SELECT id, title, description, target_date, status, created_at, updated_at
          FROM goals
         WHERE user_id = :userId AND status <> 'abandoned' AND target_date >= :start AND target_date < :end
         ORDER BY target_date DESC, id DESC
         LIMIT :limit""")
    List<Goal> listGoals(long userId, String start, String end, int limit);
}
