package ollamaweb.insights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Insights as their users see them. */
@RegisterConstructorMapper(Insight.class)
interface InsightDao {

    /** What a user may narrow a list to; null is all. */
    record Filter(String kind, String status) {}

    @SqlQuery("""
        SELECT id, kind, status, model_name, goal_id, conversation_id, period_start AS "from", period_end AS "to",
               content, error, sources, claims, schedule, tokens_used, attempts, created_at, started_at, finished_at
          FROM insights
         WHERE user_id = :userId AND (:kind IS NULL OR kind = :kind) AND (:status IS NULL OR status = :status)
         ORDER BY id DESC
         LIMIT :limit OFFSET :offset""")
    List<Insight> list(long userId, @BindMethods Filter filter, int limit, long offset);

    @SqlQuery("""
        SELECT COUNT(*)
          FROM insights
         WHERE user_id = :userId AND (:kind IS NULL OR kind = :kind) AND (:status IS NULL OR status = :status)""")
    long count(long userId, @BindMethods Filter filter);

    @SqlQuery("""
        SELECT id, kind, status, model_name, goal_id, conversation_id, period_start AS "from", period_end AS "to",
               content, error, sources, claims, schedule, tokens_used, attempts, created_at, started_at, finished_at
          FROM insights
         WHERE id = :id AND user_id = :userId""")
    Optional<Insight> find(long id, long userId);

    @SqlQuery("""
        INSERT INTO insights (user_id, kind, model_name, goal_id, conversation_id, period_start, period_end,
                              due_at, created_at)
        VALUES (:userId, :kind, :modelName, :goalId, :conversationId, :from, :to, :now, :now)
        RETURNING id""")
    long insert(long userId, String kind, String modelName, Long goalId, Long conversationId, Instant from, Instant to,
            Instant now);

    @SqlQuery("""
        INSERT INTO insights (user_id, kind, model_name, schedule, period_start, period_end, due_at, created_at)
        VALUES (:userId, :kind, :modelName, :schedule, :from, :to, :now, :now)
        RETURNING id""")
    long insertScheduled(long userId, String kind, String modelName, String schedule, Instant from, Instant to, Instant now);

    /** It cannot be written at all. */
    @SqlUpdate("UPDATE insights SET status = 'failed', error = :error, finished_at = :now WHERE id = :id AND user_id = :userId")
    boolean fail(long id, long userId, String error, Instant now);

    @SqlUpdate("DELETE FROM insights WHERE id = :id AND user_id = :userId")
    boolean delete(long id, long userId);
}
