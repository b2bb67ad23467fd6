package ollamaweb.insights;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Insights on their way out of an account and into one. */
@RegisterConstructorMapper(Insight.class)
interface InsightArchiveDao {

    /** Those after one that are not being written, in the order of their ids. */
    @SqlQuery("""
        SELECT id, kind, status, model_name, goal_id, conversation_id, period_start AS "from", period_end AS "to",
               content, error, sources, claims, schedule, tokens_used, attempts, created_at, started_at, finished_at
          FROM insights
         WHERE user_id = :userId AND id > :after AND status <> 'pending'
         ORDER BY user_id, id
         LIMIT :limit""")
    List<Insight> list(long userId, long after, int limit);

    @SqlQuery("""
        INSERT INTO insights (user_id, kind, status, model_name, goal_id, conversation_id, period_start, period_end, content, error,
                              sources, claims, schedule, tokens_used, attempts, due_at, created_at, started_at, finished_at)
        VALUES (:userId, :kind, :status, :modelName, :goalId, :conversationId, :from, :to, :content, :error,
                CAST(:sources AS <json>), CAST(:claims AS <json>), :schedule, :tokensUsed, :attempts, :createdAt, :createdAt, :startedAt,
                :finishedAt)
        RETURNING id""")
    long insert(long userId, @BindMethods Insight insight);
}
