package ollamaweb.insights;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * What insights are made from beside goals: the user's own tasks and messages, and nobody else's. A plus keeps the planner from
 * the index of all the user's tasks where that of the goal's own is meant.
 */
@RegisterConstructorMapper(InsightSources.Task.class)
@RegisterConstructorMapper(InsightSources.Said.class)
interface InsightSources {

    record Task(long id, String title, String description, String priority, String status, Instant dueDate,
            Instant completedAt) {}

    /** A message. */
    record Said(long id, String role, String content, Instant createdAt, String title) {}

    /** Open tasks that are due before {@code end}, and those completed from {@code start} on; the oldest first. */
    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, completed_at
          FROM tasks
         WHERE user_id = :userId
           AND (status IN ('open', 'in_progress') AND due_date < :end
                OR status = 'done' AND completed_at >= :start AND completed_at < :end)
         ORDER BY due_date IS NULL, due_date, id
         LIMIT :limit""")
    List<Task> listOfDay(long userId, Instant start, Instant end, int limit);

    @SqlQuery("""
        SELECT id, title, description, priority, status, due_date, completed_at
          FROM tasks
         WHERE +user_id = :userId AND goal_id = :goalId
         ORDER BY due_date IS NULL, due_date, id
         LIMIT :limit""")
    List<Task> listOfGoal(long userId, long goalId, int limit);

    /**
     * The newest messages, newest first, no more of each than {@code length} characters.
     *
     * @param conversationId null for all
     */
    @SqlQuery("""
        SELECT m.id, m.role, substr(<plain>(m.content), 1, :length) AS content, m.created_at, c.title
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id
         WHERE c.user_id = :userId
           AND m.id IN (SELECT said.id
                          FROM conversations mine
                          JOIN messages said ON said.conversation_id = mine.id
                         WHERE mine.user_id = :userId AND mine.trashed_at IS NULL AND said.deleted_at IS NULL
                           AND (:conversationId IS NULL OR mine.id = :conversationId)
                           AND said.created_at >= :start AND said.created_at < :end
                           AND said.role <> 'system' AND said.status <> 'streaming' AND said.content <> ''
                         ORDER BY said.id DESC
                         LIMIT :limit)
         ORDER BY m.id DESC""")
    List<Said> listMessages(long userId, Long conversationId, Instant start, Instant end, int limit, int length);
}
