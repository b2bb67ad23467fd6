package ollamaweb.chat;

import java.util.List;
import java.util.Optional;
import ollamaweb.chat.GenerationDao.Stored;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The answers that other servers make, as far as they are saved. */
@RegisterConstructorMapper(Stored.class)
@RegisterConstructorMapper(RemoteDao.Part.class)
@RegisterConstructorMapper(RemoteDao.Running.class)
interface RemoteDao {

    /** Text that is saved of an answer in the making, from some place on. */
    record Part(int number, String text) {}

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

    /** What is saved of the content of an answer in the making, from the part on that has this place. */
    @SqlQuery("""
        SELECT number, text
          FROM message_parts
         WHERE message_id = :id
           AND number >= coalesce((SELECT MAX(number) FROM message_parts WHERE message_id = :id AND number <= :place), 0)
         ORDER BY number""")
    List<Part> listParts(long id, int place);

    /** As {@link #listParts}, of what the model thinks. */
    @SqlQuery("""
        SELECT number, text
          FROM thinking_parts
         WHERE message_id = :id
           AND number >= coalesce((SELECT MAX(number) FROM thinking_parts WHERE message_id = :id AND number <= :place), 0)
         ORDER BY number""")
    List<Part> listThinkingParts(long id, int place);
}
