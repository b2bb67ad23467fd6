package ollamaweb.chat;

import java.util.List;
import java.util.Optional;
import ollamaweb.chat.GenerationDao.Stored;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The answers that other servers make, as far as they are saved. */
@RegisterConstructorMapper(Stored.class)
@RegisterConstructorMapper(RemoteDao.Running.class)
interface RemoteDao {

    /** An answer in the making, and which server makes it. */
    record Running(long id, long serverId) {}

    /** The answer, whoever's it is. */
    @SqlQuery(GenerationDao.STORED + "WHERE m.id = :id AND m.deleted_at IS NULL")
    Optional<Stored> findAny(long id);

    @SqlQuery("SELECT status FROM messages WHERE id = :id")
    Optional<String> findStatus(long id);

    /** What an answer goes on from. */
    @SqlQuery("SELECT content FROM messages WHERE id = :id")
    Optional<String> content(long id);

    /** What was thought before. */
    @SqlQuery("SELECT coalesce(thinking, '') FROM messages WHERE id = :id")
    Optional<String> thinking(long id);

    /** The answers that any server has in the making. */
    @SqlQuery("SELECT id, coalesce(server_id, 0) AS server_id FROM messages WHERE status = 'streaming'")
    List<Running> listAllRunning();
}
