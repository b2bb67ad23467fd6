package ollamaweb.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ollamaweb.providers.ChatRequest.Turn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
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
    record Stored(long id, long conversationId, long bytes, Integer tokensUsed, String status, String error, Instant endedAt) {}

    /** The newest answer of a conversation. */
    record BrokenOff(long id, String status, long bytes) {}

    /** The answer, if it is one and the user's. */
    @SqlQuery("""
        SELECT m.id, m.conversation_id, m.tokens_used, m.status, m.error, m.ended_at,
               octet_length(m.content) + CASE m.status WHEN 'streaming'
                    THEN coalesce((SELECT SUM(octet_length(text)) FROM message_parts WHERE message_id = m.id), 0)
                    ELSE 0 END AS bytes
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id
         WHERE m.id = :id AND c.user_id = :userId AND m.role = 'assistant'""")
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

    @SqlQuery("SELECT id FROM messages WHERE status = 'streaming'")
    Set<Long> listRunning();

    /** The newest message, if it is an answer. */
    @SqlQuery("""
        SELECT id, status, octet_length(content) AS bytes
          FROM messages
         WHERE id = (SELECT MAX(id) FROM messages WHERE conversation_id = :conversationId) AND role = 'assistant'""")
    Optional<BrokenOff> findLast(long conversationId);

    @SqlQuery("""
        SELECT MAX(id)
          FROM messages
         WHERE conversation_id = :conversationId AND role = 'user'""")
    Optional<Long> findLastQuestion(long conversationId);

    /**
     * The newest messages up to one, oldest first; answers that never began are left out.
     *
     * @param limit    how many at most
     * @param maxBytes how long they are together at most, as UTF-8; what does not fit is left out with all before it
     */
    @SqlQuery("""
        SELECT m.role, m.content
          FROM (SELECT id, SUM(bytes) OVER (ORDER BY id DESC) AS sum
                  FROM (SELECT id, octet_length(content) AS bytes
                          FROM messages
                         WHERE conversation_id = :conversationId AND id <= :upTo AND octet_length(content) > 0
                         ORDER BY id DESC
                         LIMIT :limit) page) newest
          JOIN messages m ON m.id = newest.id
         WHERE newest.sum <= :maxBytes
         ORDER BY m.id""")
    List<Turn> window(long conversationId, long upTo, int limit, long maxBytes);

    @SqlUpdate("UPDATE messages SET status = 'streaming', error = NULL, ended_at = NULL WHERE id = :id")
    void reopen(long id);

    /**
     * Adds to an answer that is still in the making; to one that was closed or deleted meanwhile, nothing. What was saved
     * from the same place on is replaced: the text from there on is longer now.
     */
    @SqlUpdate("""
        INSERT INTO message_parts (message_id, number, text)
        SELECT id, :number, :text
          FROM messages
         WHERE id = :id AND status = 'streaming'
            ON CONFLICT (message_id, number) DO UPDATE SET text = excluded.text""")
    void append(long id, int number, String text);

    /** Closes an answer that is still in the making, with its whole text. */
    @SqlUpdate("""
        UPDATE messages
           SET content = :content, status = :status, error = :error, ended_at = :now,
               tokens_used = CASE WHEN :tokensUsed IS NULL THEN tokens_used ELSE coalesce(tokens_used, 0) + :tokensUsed END
         WHERE id = :id AND status = 'streaming'""")
    boolean close(long id, String content, Integer tokensUsed, String status, String error, Instant now);

    /** Closes an answer that is still in the making, with what was saved of it. */
    @SqlUpdate("""
        UPDATE messages
           SET content = content || coalesce((SELECT string_agg(text, '' ORDER BY number)
                                                FROM message_parts WHERE message_id = messages.id), ''),
               status = :status, error = :error, ended_at = :now,
               tokens_used = CASE WHEN :tokensUsed IS NULL THEN tokens_used ELSE coalesce(tokens_used, 0) + :tokensUsed END
         WHERE id = :id AND status = 'streaming'""")
    boolean closeJoined(long id, Integer tokensUsed, String status, String error, Instant now);

    /** Closes an answer that is still in the making, with what it had before. */
    @SqlUpdate("""
        UPDATE messages
           SET status = :status, error = :error, ended_at = :now
         WHERE id = :id AND status = 'streaming'""")
    boolean closeWithoutText(long id, String status, String error, Instant now);

    @SqlUpdate("DELETE FROM message_parts WHERE message_id = :id")
    void deleteParts(long id);

    /** Takes away the answers between a question and its new answer. */
    @SqlUpdate("""
        DELETE FROM messages
         WHERE conversation_id = :conversationId AND role = 'assistant' AND id > :questionId AND id < :answerId""")
    void deleteReplaced(long conversationId, long questionId, long answerId);

    /** Whatever a killed server left in the making is interrupted, with all that was saved of it. */
    @SqlUpdate("""
        UPDATE messages
           SET content = content || coalesce((SELECT string_agg(text, '' ORDER BY number)
                                                FROM message_parts WHERE message_id = messages.id), ''),
               status = 'interrupted', error = 'The server stopped in the middle of this answer', ended_at = :now
         WHERE status = 'streaming'""")
    int interruptAll(Instant now);

    @SqlUpdate("DELETE FROM message_parts")
    void deleteAllParts();
}
