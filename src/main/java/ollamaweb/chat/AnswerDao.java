package ollamaweb.chat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import ollamaweb.ollama.ChatRequest.Turn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Answers as rows: opened, saved piece by piece, closed. */
@RegisterConstructorMapper(AnswerDao.Stored.class)
@RegisterConstructorMapper(Turn.class)
interface AnswerDao {

    /** An answer as it is on disk; the error is what its followers were told. */
    record Stored(long id, long conversationId, String content, Integer tokensUsed, String status, String error) {}

    /** The answer, if it is one and the user's. */
    @SqlQuery("""
        SELECT m.id, m.conversation_id, m.tokens_used, m.status, m.error,
               m.content || coalesce((SELECT group_concat(text, '' ORDER BY number)
                                        FROM message_parts WHERE message_id = m.id), '') AS content
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id
         WHERE m.id = :id AND c.user_id = :userId AND m.role = 'assistant'""")
    Optional<Stored> find(long id, long userId);

    @SqlQuery("""
        SELECT id
          FROM messages
         WHERE conversation_id = :conversationId AND status = 'streaming'""")
    Optional<Long> findRunning(long conversationId);

    @SqlQuery("SELECT id FROM messages WHERE status = 'streaming'")
    Set<Long> listRunning();

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM messages WHERE id = :id)")
    boolean exists(long id);

    /** The newest message, if it is an answer. */
    @SqlQuery("""
        SELECT id, conversation_id, content, tokens_used, status, error
          FROM messages
         WHERE id = (SELECT MAX(id) FROM messages WHERE conversation_id = :conversationId) AND role = 'assistant'""")
    Optional<Stored> findLast(long conversationId);

    @SqlQuery("""
        SELECT MAX(id)
          FROM messages
         WHERE conversation_id = :conversationId AND role = 'user'""")
    Optional<Long> findLastQuestion(long conversationId);

    /** The newest messages up to one, oldest first; answers that never began are left out. */
    @SqlQuery("""
        SELECT role, content
          FROM (SELECT id, role, content
                  FROM messages
                 WHERE conversation_id = :conversationId AND id <= :upTo AND content <> ''
                 ORDER BY id DESC
                 LIMIT :limit)
         ORDER BY id""")
    List<Turn> window(long conversationId, long upTo, int limit);

    @SqlUpdate("UPDATE messages SET status = 'streaming', error = NULL WHERE id = :id")
    void reopen(long id);

    /** Adds to an answer that is still in the making; to one that was closed or deleted meanwhile, nothing. */
    @SqlUpdate("""
        INSERT INTO message_parts (message_id, number, text)
        SELECT id, :number, :text
          FROM messages
         WHERE id = :id AND status = 'streaming'""")
    void append(long id, int number, String text);

    @SqlUpdate("""
        UPDATE messages
           SET content = :content, status = :status, error = :error,
               tokens_used = CASE WHEN :tokensUsed IS NULL THEN tokens_used ELSE coalesce(tokens_used, 0) + :tokensUsed END
         WHERE id = :id""")
    boolean close(long id, String content, Integer tokensUsed, String status, String error);

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
           SET content = content || coalesce((SELECT group_concat(text, '' ORDER BY number)
                                                FROM message_parts WHERE message_id = messages.id), ''),
               status = 'interrupted', error = 'The server stopped in the middle of this answer'
         WHERE status = 'streaming'""")
    int interruptAll();

    @SqlUpdate("DELETE FROM message_parts")
    void deleteAllParts();
}
