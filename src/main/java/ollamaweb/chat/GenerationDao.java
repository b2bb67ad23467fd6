package ollamaweb.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ollamaweb.providers.ChatEnd;
import ollamaweb.providers.ChatRequest.Turn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Answers as rows: opened, saved piece by piece, closed. */
@RegisterConstructorMapper(GenerationDao.Stored.class)
@RegisterConstructorMapper(GenerationDao.BrokenOff.class)
@RegisterConstructorMapper(Turn.class)
interface GenerationDao {

    /**
     * An answer as it is on disk, without its text.
     *
     * @param bytes   how long its text is, as UTF-8
     * @param error   what its followers were told
     * @param endedAt null while it is in the making; of answers of older databases unknown
     */
    record Stored(long id, long conversationId, long bytes, Integer tokensUsed, Integer promptTokens, Long durationMs,
            String doneReason, String status, String error, Instant endedAt) {}

    /** The answer that a path leads to. */
    record BrokenOff(long id, String status, long bytes) {}

    /** What the provider has counted; an answer that is gone on with was made in several calls. */
    String COUNTS = """
               tokens_used = CASE WHEN :answerTokens IS NULL THEN tokens_used ELSE coalesce(tokens_used, 0) + :answerTokens END,
               prompt_tokens = coalesce(:promptTokens, prompt_tokens),
               duration_ms = CASE WHEN :durationMillis IS NULL THEN duration_ms
                                  ELSE coalesce(duration_ms, 0) + :durationMillis END,
               done_reason = :doneReason
        """;

    /** The answer, if it is one and the user's. */
    @SqlQuery("""
        SELECT m.id, m.conversation_id, m.tokens_used, m.prompt_tokens, m.duration_ms, m.done_reason, m.status, m.error,
               m.ended_at, (SELECT bytes FROM message_texts WHERE message_id = m.id) AS bytes
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id
         WHERE m.id = :id AND c.user_id = :userId AND c.trashed_at IS NULL AND m.role = 'assistant' AND m.deleted_at IS NULL""")
    Optional<Stored> find(long id, long userId);

    @SqlQuery("""
        SELECT id
          FROM messages
         WHERE conversation_id = :conversationId AND status = 'streaming'""")
    Optional<Long> findRunning(long conversationId);

    @SqlQuery("SELECT status FROM messages WHERE id = :id")
    Optional<String> findStatus(long id);

    @SqlQuery("SELECT content FROM messages WHERE id = :id")
    String content(long id);

    /** The answers that a server has in the making. */
    @SqlQuery("SELECT id FROM messages WHERE status = 'streaming' AND server_id = :serverId")
    Set<Long> listRunning(long serverId);

    /** The message that the conversation's path leads to, if it is an answer. */
    @SqlQuery("""
        SELECT m.id, m.status, octet_length(m.content) AS bytes
          FROM conversations c
          JOIN messages m ON m.id = c.current_message_id
         WHERE c.id = :conversationId AND m.role = 'assistant'""")
    Optional<BrokenOff> findLast(long conversationId);

    /**
     * The newest messages of the path to one, oldest first; answers that never began are left out.
     *
     * @param limit    how many at most
     * @param maxBytes how long they are together at most, as UTF-8; what does not fit is left out with all before it
     */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id, number, bytes) AS (
            SELECT id, parent_id, CASE WHEN octet_length(content) > 0 THEN 1 ELSE 0 END, octet_length(content)
              FROM messages
             WHERE id = :upTo
             UNION ALL
            SELECT m.id, m.parent_id, path.number + CASE WHEN octet_length(m.content) > 0 THEN 1 ELSE 0 END,
                   path.bytes + octet_length(m.content)
              FROM path JOIN messages m ON m.id = path.parent_id
             WHERE path.number < :limit AND path.bytes <= :maxBytes)
        SELECT m.role, m.content
          FROM path JOIN messages m ON m.id = path.id
         WHERE path.bytes <= :maxBytes AND octet_length(m.content) > 0
         ORDER BY m.id""")
    List<Turn> window(long upTo, int limit, long maxBytes);

    /** From now on, the answer is one that this server has in the making. */
    @SqlUpdate("""
        UPDATE messages
           SET status = 'streaming', error = NULL, ended_at = NULL, server_id = :serverId, started_at = :now
         WHERE id = :id""")
    void open(long id, long serverId, Instant now);

    /**
     * Adds to an answer that this server still has in the making; to one that was closed or deleted meanwhile, nothing. What was
     * saved from the same place on is replaced: the text from there on is longer now.
     */
    @SqlUpdate("""
        INSERT INTO message_parts (message_id, number, text)
        SELECT id, :number, :text
          FROM messages
         WHERE id = :id AND status = 'streaming' AND server_id = :serverId
            ON CONFLICT (message_id, number) DO UPDATE SET text = excluded.text""")
    void append(long id, long serverId, int number, String text);

    /** Closes an answer that this server still has in the making, with its whole text. */
    @SqlUpdate("""
        UPDATE messages
           SET content = :content, status = :status, error = :error, ended_at = :now,
""" + COUNTS + """
         WHERE id = :id AND status = 'streaming' AND server_id = :serverId""")
    boolean close(long id, long serverId, String content, @BindMethods ChatEnd counts, String status, String error, Instant now);

    /** Closes an answer that this server still has in the making, with what was saved of it. */
    @SqlUpdate("""
        UPDATE messages
           SET content = (SELECT text FROM message_texts WHERE message_id = messages.id),
               status = :status, error = :error, ended_at = :now,
""" + COUNTS + """
         WHERE id = :id AND status = 'streaming' AND server_id = :serverId""")
    boolean closeJoined(long id, long serverId, @BindMethods ChatEnd counts, String status, String error, Instant now);

    /** Closes an answer that this server still has in the making, with what it had before. */
    @SqlUpdate("""
        UPDATE messages
           SET status = :status, error = :error, ended_at = :now
         WHERE id = :id AND status = 'streaming' AND server_id = :serverId""")
    boolean closeWithoutText(long id, long serverId, String status, String error, Instant now);

    @SqlUpdate("DELETE FROM message_parts WHERE message_id = :id")
    void deleteParts(long id);

    /**
     * The path leads to another version of an answer that broke off, if it still leads to that.
     *
     * @param questionId what both answer
     */
    @SqlUpdate("""
        UPDATE conversations
           SET current_message_id = :answerId
         WHERE id = :conversationId
           AND EXISTS (SELECT 1 FROM messages
                        WHERE id = current_message_id AND parent_id = :questionId AND role = 'assistant' AND status <> 'complete')""")
    void replaceBrokenOff(long conversationId, long questionId, long answerId);

    /** Answers in the making whose server is gone. */
    @SqlQuery("""
        SELECT id
          FROM messages
         WHERE status = 'streaming' AND NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = messages.server_id)
         LIMIT :limit
         <skipLocked>""")
    List<Long> takeAbandoned(int limit);

    /** Interrupts an answer whose server is gone, with all that was saved of it. */
    @SqlUpdate("""
        UPDATE messages
           SET content = (SELECT text FROM message_texts WHERE message_id = messages.id),
               status = 'interrupted', error = 'The server stopped in the middle of this answer', ended_at = :now
         WHERE id = :id AND status = 'streaming'""")
    void interrupt(long id, Instant now);

    /** What was saved of answers that were then closed without it. */
    @SqlUpdate("""
        DELETE FROM message_parts
         WHERE NOT EXISTS (SELECT 1 FROM messages WHERE messages.id = message_parts.message_id AND messages.status = 'streaming')""")
    void deleteStrayParts();
}
