package ollamaweb.goals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Goals; their progress is that of their tasks, cancelled ones aside, or their own where they have none. */
@RegisterConstructorMapper(Goal.class)
public interface GoalDao {

    /** A column of the goals that are shown: the part of a goal's tasks that is done, or its own progress where it has none. */
    String PROGRESS = """
        coalesce((SELECT AVG(CASE status WHEN 'done' THEN 1.0 ELSE 0.0 END)
                    FROM tasks
                   WHERE goal_id = goals.id AND status <> 'cancelled'), progress) AS progress
        """;

    /**
     * Those whose end is near first.
     *
     * @param status null for all
     */
    @SqlQuery("""
        SELECT id, title, description, target_date, status, created_at, updated_at,
               """ + PROGRESS + """
          FROM goals
         WHERE user_id = :userId AND (:status IS NULL OR status = :status)
         ORDER BY target_date NULLS LAST, id
         LIMIT :limit OFFSET :offset""")
    List<Goal> list(long userId, String status, int limit, long offset);

    @SqlQuery("""
        SELECT COUNT(*)
          FROM goals
         WHERE user_id = :userId AND (:status IS NULL OR status = :status)""")
    long count(long userId, String status);

    @SqlQuery("""
        SELECT id, title, description, target_date, status, created_at, updated_at,
               """ + PROGRESS + """
          FROM goals
         WHERE id = :id AND user_id = :userId""")
    Optional<Goal> find(long id, long userId);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM goals WHERE id = :id AND user_id = :userId)")
    boolean exists(long id, long userId);

    /** Whether the goal's progress is that of its tasks. The plus keeps the planner from the index of all tasks. */
    @SqlQuery("""
        SELECT EXISTS (SELECT 1 FROM tasks WHERE goal_id = :id AND +user_id = :userId AND status <> 'cancelled')""")
    boolean hasTasks(long id, long userId);

    @SqlQuery("""
        INSERT INTO goals (user_id, title, description, target_date, status, progress, created_at, updated_at)
        VALUES (:userId, :title, :description, :targetDate, :status, :progress, :now, :now)
        RETURNING id""")
    long insert(long userId, @BindMethods GoalDraft draft, Instant now);

    /** @param ownProgress null: stays */
    @SqlUpdate("""
        UPDATE goals
           SET title = :title, description = :description, target_date = :targetDate, status = :status,
               progress = coalesce(:ownProgress, progress), updated_at = :now
         WHERE id = :id AND user_id = :userId""")
    boolean update(long userId, @BindMethods Goal goal, Double ownProgress, Instant now);

    @SqlUpdate("DELETE FROM goals WHERE id = :id AND user_id = :userId")
    boolean delete(long id, long userId);
}
