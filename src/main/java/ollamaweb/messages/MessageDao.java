package ollamaweb.messages;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.sqlobject.SingleValue;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import ollamaweb.access.AccessDao;

/** Messages, each by itself or all of a conversation; {@link PathDao} reads those of one path. */
@RegisterConstructorMapper(Message.class)
@RegisterConstructorMapper(MessageDao.Place.class)
public interface MessageDao {

    /** All of a message, its texts with what is saved of an answer in the making. */
    String WHOLE = """
        SELECT m.id, m.parent_id, m.role, m.model_name, m.tool_calls, m.tool_name, m.thinking, t.text AS content,
               m.tokens_used, m.prompt_tokens, m.duration_ms,
               EXISTS (SELECT 1 FROM favorites WHERE user_id = :userId AND message_id = m.id) AS favorite,
               m.reaction, m.created_at, m.status, m.error, m.done_reason,
               EXISTS (SELECT 1 FROM message_files WHERE message_id = m.id) AS has_files
          FROM messages m
          JOIN message_texts t ON t.message_id = m.id
        """;

    /**
     * Where a message stands in the tree.
     *
     * @param depth how many messages there are on the way from the beginning of the conversation to it
     */
    record Place(long id, long conversationId, Long parentId, int depth, String role, String status) {}

    /** The message, if it is in a conversation that the user may see. */
    @SqlQuery("""
        SELECT m.id, m.conversation_id, m.parent_id, m.depth, m.role, m.status
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id
         WHERE m.id = :id AND m.deleted_at IS NULL AND""" + " " + AccessDao.MAY_READ)
    Optional<Place> find(long id, long userId);

    /** The message, if it is in the conversation. */
    @SqlQuery("""
        SELECT id, conversation_id, parent_id, depth, role, status
          FROM messages
         WHERE id = :id AND conversation_id = :conversationId AND deleted_at IS NULL""")
    Optional<Place> findIn(long conversationId, long id);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM messages WHERE id = :id)")
    boolean exists(long id);

    /** How many messages a conversation has, on whatever path. */
    @SqlQuery("SELECT COUNT(*) FROM messages WHERE conversation_id = :conversationId")
    int count(long conversationId);

    /** How many messages follow a message, or begin the conversation where there is none. */
    @SqlQuery("""
        SELECT (SELECT COUNT(*) FROM messages WHERE conversation_id = :conversationId AND parent_id = :parentId)
             + (SELECT COUNT(*) FROM messages
                 WHERE conversation_id = :conversationId AND parent_id IS NULL AND CAST(:parentId AS BIGINT) IS NULL)""")
    int countChildren(long conversationId, Long parentId);

    /** One message whole. */
    @SqlQuery(WHOLE + " WHERE m.id = :id")
    Optional<Message> findWhole(long id, long userId);

    /** All messages of a conversation, oldest first, read one by one, only inside a transaction. */
    @SqlQuery(WHOLE + " WHERE m.conversation_id = :conversationId AND m.deleted_at IS NULL ORDER BY m.conversation_id, m.id")
    ResultIterable<Message> eachOfTree(long conversationId, long userId);

    /** As {@link #eachOfTree}, from the one after a message on. */
    @SqlQuery(WHOLE + """
         WHERE m.conversation_id = :conversationId AND m.id > :after AND m.deleted_at IS NULL
         ORDER BY m.conversation_id, m.id""")
    ResultIterable<Message> eachOfTreeAfter(long conversationId, long userId, long after);

    /**
     * A piece of a message's content as UTF-8; of an answer in the making, with what is saved of it.
     *
     * @param from the place of its first byte, from 0
     * @return null if there is no such message any more; fewer than {@code size} bytes at the end of the content
     */
    @SingleValue
    @SqlQuery("""
        SELECT <textPiece> AS piece
          FROM message_texts
         WHERE message_id = :id""")
    byte[] piece(long id, long from, int size);

    /** A piece of a message's thinking, as {@link #piece}. */
    @SingleValue
    @SqlQuery("""
        SELECT <textPiece> AS piece
          FROM (SELECT coalesce(thinking, '') AS text FROM messages WHERE id = :id) thoughts""")
    byte[] thinkingPiece(long id, long from, int size);

    /** Deletes the answer in the making, which ends it. */
    @SqlUpdate("DELETE FROM messages WHERE conversation_id = :conversationId AND status = 'streaming'")
    void endAnswer(long conversationId);

    @SqlQuery("""
        INSERT INTO messages (conversation_id, parent_id, depth, role, status, model_name, content, thinking, tool_calls,
                              tool_name, tokens_used, prompt_tokens, duration_ms, done_reason, error, reaction, created_at)
        VALUES (:conversationId, :parentId, coalesce((SELECT depth FROM messages WHERE id = :parentId), 0) + 1, :role, :status,
                :modelName, :content, :thinking, :toolCalls, :toolName, :tokensUsed, :promptTokens, :durationMs, :doneReason,
                :error, :reaction, :createdAt)
        RETURNING id""")
    long insert(@BindMethods NewMessage message);

    /**
     * Copies a message into a conversation.
     *
     * @param parentId the message that the copy is to follow, or null
     * @return the copy, if the message is still there
     */
    @SqlQuery("""
        INSERT INTO messages (conversation_id, parent_id, depth, role, status, model_name, tokens_used, prompt_tokens, duration_ms,
                              done_reason, reaction, created_at, ended_at, error, tool_name, tool_calls, author_id, thinking, content)
        SELECT :conversationId, CAST(:parentId AS BIGINT), coalesce((SELECT depth FROM messages WHERE id = :parentId), 0) + 1, role,
               CASE status WHEN 'streaming' THEN 'interrupted' ELSE status END, model_name, tokens_used, prompt_tokens, duration_ms,
               done_reason, reaction, created_at, ended_at, error, tool_name, tool_calls,
               coalesce(author_id, (SELECT user_id FROM conversations WHERE id = messages.conversation_id)), thinking, text
          FROM messages
          JOIN message_texts ON message_id = id
         WHERE id = :id AND deleted_at IS NULL
        RETURNING id""")
    Optional<Long> copy(long id, long conversationId, Long parentId);

    /** @param authorId who asked for it, where that is not the owner of the conversation */
    @SqlUpdate("UPDATE messages SET author_id = :authorId WHERE id = :id")
    void setAuthor(long id, long authorId);

    /** @param reaction null takes it away */
    @SqlUpdate("UPDATE messages SET reaction = :reaction WHERE id = :id")
    void react(long id, String reaction);

    /** The message and all that hangs on it are nobody's to see any more; their rows are deleted in steps. */
    @SqlUpdate("UPDATE messages SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL")
    void markDeleted(long id, Instant now);
}
