package ollamaweb.models.care;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Pulls of all admins; they belong to the server that fetches, not to an account. */
@RegisterConstructorMapper(Pull.class)
interface PullDao {

    String PULL = "SELECT id, host, name, status, step, completed, total, error, started_at, ended_at FROM model_pulls ";

    /** How a pull ended, as it is stored. */
    record Ended(String status, String error, Instant now) {}

    @SqlQuery(PULL + "WHERE id = :id")
    Optional<Pull> find(long id);

    /** @param modelKey the model's name with its tag, in lower case */
    @SqlQuery(PULL + "WHERE host = :host AND model_key = :modelKey AND status = 'running'")
    Optional<Pull> findRunning(String host, String modelKey);

    /** The newest first, those that are running before all others. */
    @SqlQuery(PULL + "ORDER BY CASE status WHEN 'running' THEN 0 ELSE 1 END, id DESC LIMIT :limit")
    List<Pull> list(int limit);

    @SqlQuery("SELECT COUNT(*) FROM model_pulls WHERE status = 'running'")
    int countRunning();

    /** What a server is fetching. */
    @SqlQuery("SELECT id FROM model_pulls WHERE status = 'running' AND server_id = :serverId")
    Set<Long> listRunning(long serverId);

    @SqlQuery("""
        INSERT INTO model_pulls (host, model_key, name, status, step, completed, total, server_id, started_at)
        VALUES (:host, :modelKey, :name, 'running', '', 0, 0, :serverId, :now)
        RETURNING id""")
    long insert(String host, String modelKey, String name, long serverId, Instant now);

    @SqlUpdate("""
        UPDATE model_pulls
           SET step = :step, completed = :completed, total = :total
         WHERE id = :id AND status = 'running' AND server_id = :serverId""")
    void progress(@BindMethods Pull pull, long serverId);

    /** Ends a pull that this server is still fetching; one that was ended meanwhile stays as it is. */
    @SqlUpdate("""
        UPDATE model_pulls
           SET status = :status, error = :error, ended_at = :now
         WHERE id = :id AND status = 'running' AND server_id = :serverId""")
    void end(long id, long serverId, @BindMethods Ended ended);

    /** @return whether it was running until now */
    @SqlUpdate("""
        UPDATE model_pulls
           SET status = 'cancelled', error = 'The pull was ended', ended_at = :now
         WHERE id = :id AND status = 'running'""")
    boolean cancel(long id, Instant now);

    /** Interrupts what servers that are gone were fetching. */
    @SqlUpdate("""
        UPDATE model_pulls
           SET status = 'interrupted', error = 'The server stopped in the middle of this pull', ended_at = :now
         WHERE status = 'running' AND NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = model_pulls.server_id)""")
    int interruptAbandoned(Instant now);

    /** Deletes all that have ended but the newest. */
    @SqlUpdate("""
        DELETE FROM model_pulls
         WHERE status <> 'running'
           AND id NOT IN (SELECT id FROM model_pulls WHERE status <> 'running' ORDER BY id DESC LIMIT :kept)""")
    void deleteOld(int kept);
}
