package ollamaweb.messages;

import java.util.Optional;
import ollamaweb.messages.MessageDao.Place;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** A message and all that hangs on it. */
@RegisterConstructorMapper(MessageDao.Place.class)
interface SubtreeDao {

    /** A message that is to be deleted with what hangs on it, of whatever conversation. */
    @SqlQuery("""
        SELECT id, conversation_id, parent_id, depth, role, status
          FROM messages
         WHERE deleted_at IS NOT NULL
         ORDER BY id
         LIMIT 1""")
    Optional<MessageDao.Place> findDeleted();

    /** The message that one comes to from {@code id} on by the newest that follows, until nothing does. */
    @SqlQuery("""
        WITH RECURSIVE down (id) AS (
            SELECT CAST(:id AS BIGINT)
             UNION ALL
            SELECT (SELECT MAX(m.id) FROM messages m
                     WHERE m.conversation_id = :conversationId AND m.parent_id = down.id AND m.deleted_at IS NULL)
              FROM down
             WHERE down.id IS NOT NULL)
        SELECT MAX(id) FROM down""")
    long findNewestLeaf(long conversationId, long id);

    /** As {@link #findNewestLeaf}, also through what is marked as deleted. */
    @SqlQuery("""
        WITH RECURSIVE down (id) AS (
            SELECT CAST(:id AS BIGINT)
             UNION ALL
            SELECT (SELECT MAX(m.id) FROM messages m WHERE m.conversation_id = :conversationId AND m.parent_id = down.id)
              FROM down
             WHERE down.id IS NOT NULL)
        SELECT MAX(id) FROM down""")
    long findAnyLeaf(long conversationId, long id);

    /** The newest other version of a message, if it has one. */
    @SqlQuery("""
        SELECT MAX(id)
          FROM (SELECT id FROM messages
                 WHERE conversation_id = :conversationId AND parent_id = :parentId AND id <> :id AND deleted_at IS NULL
                 UNION ALL
                SELECT id FROM messages
                 WHERE conversation_id = :conversationId AND parent_id IS NULL AND CAST(:parentId AS BIGINT) IS NULL
                   AND id <> :id AND deleted_at IS NULL) others""")
    Optional<Long> findOtherVersion(long conversationId, Long parentId, long id);

    @SqlQuery("SELECT current_message_id FROM conversations WHERE id = :conversationId")
    Optional<Long> findCurrent(long conversationId);

    /** @param messageId null: to no message */
    @SqlUpdate("UPDATE conversations SET current_message_id = :messageId WHERE id = :conversationId")
    void leadTo(long conversationId, Long messageId);

    /** @return false while something hangs on the message */
    @SqlUpdate("""
        DELETE FROM messages
         WHERE id = :id
           AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = :conversationId AND m.parent_id = :id)""")
    boolean delete(long conversationId, long id);
}
