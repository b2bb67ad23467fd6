package ollamaweb.insights;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Pending insights as the worker's jobs, of all users. A job that was deleted meanwhile takes no update. */
@RegisterConstructorMapper(Job.class)
interface JobDao {

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM insights WHERE status = 'pending' AND started_at IS NULL)")
    boolean anyWaiting();

    /** The job to start next: due since {@code due}, and on an Ollama that writes fewer than {@code perOllama} now. */
    @SqlQuery("""
        SELECT i.id
          FROM insights i
          JOIN users u ON u.id = i.user_id
         WHERE i.status = 'pending' AND i.started_at IS NULL AND i.due_at <= :due
           AND (SELECT COUNT(*)
                  FROM insights running
                  JOIN users owner ON owner.id = running.user_id
                 WHERE running.status = 'pending' AND running.started_at IS NOT NULL
                   AND owner.ollama_url = u.ollama_url) < :perOllama
         ORDER BY i.due_at, i.id
         LIMIT 1""")
    Optional<Long> findNext(Instant due, int perOllama);

    @SqlQuery("""
        UPDATE insights
           SET started_at = :now, attempts = attempts + 1
         WHERE id = :id AND status = 'pending' AND started_at IS NULL
        RETURNING id, user_id, kind, model_name, goal_id, conversation_id, period_start AS "from", period_end AS "to",
                  attempts, created_at""")
    Optional<Job> claim(long id, Instant now);

    @SqlQuery("SELECT id FROM insights WHERE status = 'pending' AND started_at IS NOT NULL")
    Set<Long> listRunning();

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM insights WHERE id = :id AND status = 'pending')")
    boolean isPending(long id);

    @SqlUpdate("""
        UPDATE insights
           SET status = 'ready', content = :content, sources = CAST(:sources AS <json>), tokens_used = :tokensUsed, error = NULL,
               finished_at = :now
         WHERE id = :id AND status = 'pending'""")
    boolean finish(long id, String content, String sources, Integer tokensUsed, Instant now);

    @SqlUpdate("""
        UPDATE insights
           SET status = 'failed', error = :error, finished_at = :now
         WHERE id = :id AND status = 'pending'""")
    boolean fail(long id, String error, Instant now);

    /** To be tried again later. */
    @SqlUpdate("""
        UPDATE insights
           SET started_at = NULL, error = :error, due_at = :due
         WHERE id = :id AND status = 'pending'""")
    boolean postpone(long id, String error, Instant due);

    /** To be tried again as if this attempt had not been. */
    @SqlUpdate("""
        UPDATE insights
           SET started_at = NULL, attempts = attempts - 1
         WHERE id = :id AND status = 'pending'""")
    boolean release(long id);

    /** What a killed server was writing waits again. */
    @SqlUpdate("UPDATE insights SET started_at = NULL WHERE status = 'pending' AND started_at IS NOT NULL")
    int releaseAll();
}
