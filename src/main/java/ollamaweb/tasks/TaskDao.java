package ollamaweb.tasks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Task.class)
interface TaskDao {

    /** What is due first comes first, and of that the most urgent. */
    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, completed_at, goal_id, parent_id, tags,
               estimated_minutes, recurrence, previous_id, recurs_at, created_at, updated_at
          FROM tasks
         WHERE user_id = :userId
           AND (:status IS NULL OR status = :status)
           AND (:priority IS NULL OR priority = :priority)
           AND (:goalId IS NULL OR goal_id = :goalId)
           AND (:parentId IS NULL OR parent_id = :parentId)
           AND (:dueAfter IS NULL OR due_date >= :dueAfter)
           AND (:dueBefore IS NULL OR due_date < :dueBefore)
           AND (:tag IS NULL OR EXISTS (SELECT 1 FROM <jsonElements>(tags) WHERE value = :tag))
         ORDER BY due_date NULLS LAST, urgency, id
         LIMIT :limit OFFSET :offset""")
    List<Task> list(long userId, @BindMethods TaskFilter filter, int limit, long offset);

    @SqlQuery("""
        SELECT COUNT(*)
          FROM tasks
         WHERE user_id = :userId
           AND (:status IS NULL OR status = :status)
           AND (:priority IS NULL OR priority = :priority)
           AND (:goalId IS NULL OR goal_id = :goalId)
           AND (:parentId IS NULL OR parent_id = :parentId)
           AND (:dueAfter IS NULL OR due_date >= :dueAfter)
           AND (:dueBefore IS NULL OR due_date < :dueBefore)
           AND (:tag IS NULL OR EXISTS (SELECT 1 FROM <jsonElements>(tags) WHERE value = :tag))""")
    long count(long userId, @BindMethods TaskFilter filter);

    /** What is left to do of all that is due before a moment. */
    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, completed_at, goal_id, parent_id, tags,
               estimated_minutes, recurrence, previous_id, recurs_at, created_at, updated_at
          FROM tasks
         WHERE user_id = :userId AND status IN ('open', 'in_progress') AND due_date < :end
         ORDER BY due_date, urgency, id
         LIMIT :limit OFFSET :offset""")
    List<Task> listLeft(long userId, Instant end, int limit, long offset);

    @SqlQuery("""
        SELECT COUNT(*)
          FROM tasks
         WHERE user_id = :userId AND status IN ('open', 'in_progress') AND due_date < :end""")
    long countLeft(long userId, Instant end);

    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, completed_at, goal_id, parent_id, tags,
               estimated_minutes, recurrence, previous_id, recurs_at, created_at, updated_at
          FROM tasks
         WHERE id = :id AND user_id = :userId""")
    Optional<Task> find(long id, long userId);

    /** The task itself, its parent, and so on up to the top; none when it is not the user's. */
    @SqlQuery("""
        WITH RECURSIVE line (id, parent_id, step) AS (
            SELECT id, parent_id, 1 FROM tasks WHERE id = :id AND user_id = :userId
            UNION ALL
            SELECT tasks.id, tasks.parent_id, step + 1 FROM tasks JOIN line ON tasks.id = line.parent_id)
        SELECT id FROM line ORDER BY step""")
    List<Long> lineage(long id, long userId);

    /** How many levels a task makes together with all that is below it; one when it is new. */
    @SqlQuery("""
        WITH RECURSIVE below (id, level) AS (
            SELECT :id, 1
            UNION ALL
            SELECT tasks.id, level + 1 FROM tasks JOIN below ON tasks.parent_id = below.id)
        SELECT MAX(level) FROM below""")
    int levels(long id);

    @SqlQuery("""
        INSERT INTO tasks (user_id, title, description, priority, status, due_date, completed_at, goal_id, parent_id, tags,
                           estimated_minutes, recurrence, previous_id, recurs_at, created_at, updated_at)
        VALUES (:userId, :title, :description, :priority, :status, :dueDate, :completedAt, :goalId, :parentId, CAST(:tags AS <json>),
                :estimatedMinutes, :recurrence, :previousId, :recursAt, :createdAt, :updatedAt)
        RETURNING id""")
    long insert(long userId, @BindMethods Task task);

    @SqlUpdate("""
        UPDATE tasks
           SET title = :title, description = :description, priority = :priority, status = :status, due_date = :dueDate,
               completed_at = :completedAt, goal_id = :goalId, parent_id = :parentId, tags = CAST(:tags AS <json>),
               estimated_minutes = :estimatedMinutes, recurrence = :recurrence, recurs_at = :recursAt, updated_at = :updatedAt
         WHERE id = :id AND user_id = :userId""")
    boolean update(long userId, @BindMethods Task task);

    @SqlUpdate("""
        UPDATE tasks
           SET status = 'done', completed_at = :now, updated_at = :now
         WHERE id = :id AND user_id = :userId""")
    boolean complete(long id, long userId, Instant now);

    /** Whether the completion of a task has made the next one already. */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM tasks WHERE previous_id = :id AND user_id = :userId)")
    boolean hasNext(long id, long userId);

    @SqlUpdate("DELETE FROM tasks WHERE id = :id AND user_id = :userId")
    boolean delete(long id, long userId);
}
