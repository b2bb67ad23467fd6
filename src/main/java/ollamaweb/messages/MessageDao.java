package ollamaweb.messages;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.sqlobject.SingleValue;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Message.class)
@RegisterConstructorMapper(MessageDao.Page.class)
@RegisterConstructorMapper(MessageDao.Head.class)
@RegisterConstructorMapper(MessageDao.Content.class)
public interface MessageDao {

    /**
     * A message without its content.
     *
     * @param bytes how long its content is, as UTF-8
     */
    record Head(long id, long conversationId, String role, Integer tokensUsed, Instant createdAt, String status, long bytes) {}

    /** The content of a message. */
    record Content(long id, String content) {}

    /**
     * Where a page of the newest messages begins, or of the newest before one.
     *
     * @param first   the oldest message of the page; null when there is none at all
     * @param last    the newest
     * @param hasMore whether there are older ones
     */
    record Page(Long first, Long last, boolean hasMore) {}

    @SqlQuery("""
        WITH newest AS (
            SELECT MIN(id) AS first, MAX(id) AS last
              FROM (SELECT id
                      FROM messages
                     WHERE conversation_id = :conversationId AND (:before IS NULL OR id < :before)
                     ORDER BY id DESC
                     LIMIT :limit) page)
        SELECT first, last,
               EXISTS (SELECT 1 FROM messages WHERE conversation_id = :conversationId AND id < first) AS has_more
          FROM newest""")
    Page page(long conversationId, Long before, int limit);

    /** The messages from one to another, oldest first; of an answer in the making, with what is saved of it. */
    @SqlQuery("""
        SELECT id, conversation_id, role, tokens_used, created_at, status,
               octet_length(content) + CASE status WHEN 'streaming'
                    THEN coalesce((SELECT SUM(octet_length(text)) FROM message_parts WHERE message_id = messages.id), 0)
                    ELSE 0 END AS bytes
          FROM messages
         WHERE conversation_id = :conversationId AND id BETWEEN :first AND :last
         ORDER BY id
         LIMIT :limit""")
    List<Head> heads(long conversationId, long first, long last, int limit);

    /** The contents of the messages from one to another, oldest first. */
    @SqlQuery("""
        SELECT id, content
          FROM messages
         WHERE conversation_id = :conversationId AND id BETWEEN :first AND :last
         ORDER BY id""")
    List<Content> contents(long conversationId, long first, long last);

    /**
     * A piece of a message's content as UTF-8; of an answer in the making, with what is saved of it.
     *
     * @param from the place of its first byte, from 0
     * @return null if there is no such message any more; fewer than {@code size} bytes at the end of the content
     */
    @SingleValue
    @SqlQuery("""
        SELECT substr(<utf8>(CASE status WHEN 'streaming'
                    THEN content || coalesce((SELECT string_agg(text, '' ORDER BY number)
                                                FROM message_parts WHERE message_id = messages.id), '')
                    ELSE content END <asUtf8>), CAST(:from + 1 AS INTEGER), :size) AS piece
          FROM messages
         WHERE id = :id""")
    byte[] piece(long id, long from, int size);

    /**
     * The messages of a conversation, oldest first, read one by one, only inside a transaction; an answer in the making
     * with all that is saved of it.
     */
    @SqlQuery("""
        SELECT id, conversation_id, role, tokens_used, created_at, status,
               CASE status WHEN 'streaming'
                    THEN content || coalesce((SELECT string_agg(text, '' ORDER BY number)
                                                FROM message_parts WHERE message_id = messages.id), '')
                    ELSE content END AS content
          FROM messages
         WHERE conversation_id = :conversationId
         ORDER BY id""")
    ResultIterable<Message> each(long conversationId);

    /** Deletes the answer in the making, which ends it. */
    @SqlUpdate("DELETE FROM messages WHERE conversation_id = :conversationId AND status = 'streaming'")
    void endAnswer(long conversationId);

    @SqlQuery("""
        INSERT INTO messages (conversation_id, role, content, tokens_used, status, created_at)
        VALUES (:conversationId, :role, :content, :tokensUsed, :status, :createdAt)
        RETURNING id""")
    long insert(long conversationId, String role, String content, Integer tokensUsed, String status, Instant createdAt);
}
