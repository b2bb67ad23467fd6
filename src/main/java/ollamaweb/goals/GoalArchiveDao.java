package ollamaweb.goals;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Goals on their way out of an account and into one. */
@RegisterConstructorMapper(ArchivedGoal.class)
public interface GoalArchiveDao {

    /** Those after one, in the order of their ids. */
    @SqlQuery("""
        SELECT id, title, description, target_date, status, progress, created_at, updated_at
          FROM goals
         WHERE user_id = :userId AND +id > :after
         ORDER BY +id
         LIMIT :limit""")
    List<ArchivedGoal> list(long userId, long after, int limit);

    @SqlQuery("""
        INSERT INTO goals (user_id, title, description, target_date, status, progress, created_at, updated_at)
        VALUES (:userId, :title, :description, :targetDate, :status, :progress, coalesce(:createdAt, :now), coalesce(:updatedAt, :now))
        RETURNING id""")
    long insert(long userId, @BindMethods ArchivedGoal goal, Instant now);

    /** Brings a goal of the account up to date; false if there is none any more. */
    @SqlUpdate("""
        UPDATE goals
           SET title = :title, description = :description, target_date = :targetDate, status = :status, progress = :progress,
               updated_at = coalesce(:updatedAt, :now)
         WHERE id = :goalId AND user_id = :userId""")
    boolean update(long goalId, long userId, @BindMethods ArchivedGoal goal, Instant now);
}
