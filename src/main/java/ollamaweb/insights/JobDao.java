package ollamaweb.insights;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Pending insights as the workers' jobs, of all users. A job that was deleted, or left to another server, takes no update. */
@RegisterConstructorMapper(Job.class)
interface JobDao {

    /** Which Ollamas have enough to write is found out once, however many wait. */
    String CAN_START = """
        i.status = 'pending' AND i.started_at IS NULL AND i.due_at <= :due
        AND (SELECT ollama_url FROM users WHERE id = i.user_id) NOT IN (
            SELECT owner.ollama_url
              FROM insights running
              JOIN users owner ON owner.id = running.user_id
             WHERE running.status = 'pending' AND running.started_at IS NOT NULL
             GROUP BY owner.ollama_url
            HAVING COUNT(*) >= :perOllama)""";

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM insights WHERE status = 'pending' AND started_at IS NULL)")
    boolean anyWaiting();

    /** Whether {@link #takeNext} would find one; asked without keeping writers waiting. */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM insights i WHERE " + CAN_START + ")")
    boolean anyToStart(Instant due, int perOllama);

    /**
     * The job to start next: due since {@code due}, and on an Ollama that writes fewer than {@code perOllama} now. It is taken
     * for this transaction.
     */
    @SqlQuery("SELECT i.id FROM insights i WHERE " + CAN_START + " ORDER BY i.due_at, i.id LIMIT 1 <skipLocked>")
    Optional<Long> takeNext(Instant due, int perOllama);

    @SqlQuery("""
        UPDATE insights
           SET started_at = :now, attempts = attempts + 1, server_id = :serverId
         WHERE id = :id AND status = 'pending' AND started_at IS NULL
        RETURNING id, user_id, kind, model_name, goal_id, conversation_id, period_start AS "from", period_end AS "to",
                  schedule, server_id, attempts, created_at""")
    Optional<Job> claim(long id, long serverId, Instant now);

    /** What a server is writing. */
    @SqlQuery("SELECT id FROM insights WHERE status = 'pending' AND started_at IS NOT NULL AND server_id = :serverId")
    Set<Long> listRunning(long serverId);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM insights WHERE id = :id AND status = 'pending')")
    boolean isPending(long id);

    @SqlUpdate("""
        UPDATE insights
           SET status = 'ready', content = :content, sources = CAST(:sources AS <json>), claims = CAST(:claims AS <json>), tokens_used = :tokensUsed, error = NULL,
               finished_at = :now
         WHERE id = :id AND status = 'pending' AND server_id = :serverId""")
    boolean finish(long id, long serverId, String content, String sources, String claims, Integer tokensUsed, Instant now);

    @SqlUpdate("""
        UPDATE insights
           SET status = 'failed', error = :error, finished_at = :now
         WHERE id = :id AND status = 'pending' AND server_id = :serverId""")
    boolean fail(long id, long serverId, String error, Instant now);

    /** To be tried again later. */
    @SqlUpdate("""
        UPDATE insights
           SET started_at = NULL, error = :error, due_at = :due
         WHERE id = :id AND status = 'pending' AND server_id = :serverId""")
    boolean postpone(long id, long serverId, String error, Instant due);

    /** To be tried again as if this attempt had not been. */
    @SqlUpdate("""
        UPDATE insights
           SET started_at = NULL, attempts = attempts - 1
         WHERE id = :id AND status = 'pending' AND server_id = :serverId""")
    boolean release(long id, long serverId);

    /** What servers that are gone were writing waits again, and is due, whatever their clocks said. */
    @SqlUpdate("""
        UPDATE insights
           SET started_at = NULL, due_at = CASE WHEN due_at > :now THEN :now ELSE due_at END
         WHERE status = 'pending' AND started_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = insights.server_id)""")
    int releaseAbandoned(Instant now);
}
