package ollamaweb.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ollamaweb.access.AccessDao;
import ollamaweb.http.ApiException;
import ollamaweb.providers.ChatEnd;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Answers as rows: opened, saved piece by piece, closed. */
@RegisterConstructorMapper(GenerationDao.Stored.class)
@RegisterConstructorMapper(GenerationDao.BrokenOff.class)
@RegisterConstructorMapper(GenerationDao.Running.class)
interface GenerationDao {

    /**
     * An answer as it is on disk, without its text.
     *
     * @param bytes   how long its text is, as UTF-8
     * @param thinkingBytes how long is what the model thought
     * @param error   what its followers were told
     * @param serverId  which server makes it, or made it; of answers of older databases unknown
     * @param startedAt since when it is, or was, in the making; of answers of older databases unknown
     * @param endedAt   null while it is in the making; of answers of older databases unknown
     */
    record Stored(long id, long conversationId, long bytes, long thinkingBytes, Integer tokensUsed, Integer promptTokens,
            String doneReason, Long durationMs, Integer contextLength, Integer messagesSent, Integer messagesLeftOut, boolean promptCut,
            String status, String error, Long serverId, Instant startedAt, Instant endedAt) {

        boolean isStreaming() {
            return status.equals("streaming");
        }

        Outcome.Counts counts() {
            return new Outcome.Counts(new ChatEnd(tokensUsed, promptTokens, doneReason, durationMs), null, contextLength, messagesSent,
                    messagesLeftOut, promptCut);
        }
    }

    /** How an answer ended, as it is stored; counts are null where they are not known. */
    record Ended(String status, String error, Integer tokensUsed, Integer promptTokens, String doneReason, Long durationMs, Instant now) {

        static Ended of(Outcome outcome, Instant now) {
            var answer = outcome.counts().answer();
            return new Ended(outcome.status(), outcome.error(), answer.answerTokens(), answer.promptTokens(), answer.doneReason(),
                    answer.durationMillis(), now);
        }
    }

    /** The answer of a conversation that is in the making. */
    record Running(long id, long askedBy) {

        /** @return what refuses another answer; it tells whose turn it is, unless it is the user's own */
        ApiException refusal(long userId) {
            return ApiException.answerRunning(id, askedBy == userId ? null : askedBy);
        }
    }

    /** The answer that a path leads to. */
    record BrokenOff(long id, String status, long bytes) {}

    /** What the provider has counted; an answer that is gone on with was made in several calls. */
    String COUNTS = """
               tokens_used = CASE WHEN :tokensUsed IS NULL THEN tokens_used ELSE coalesce(tokens_used, 0) + :tokensUsed END,
               prompt_tokens = coalesce(:promptTokens, prompt_tokens),
               duration_ms = CASE WHEN :durationMs IS NULL THEN duration_ms
                                  ELSE coalesce(duration_ms, 0) + :durationMs END,
               done_reason = :doneReason
        """;

    /** An answer that is {@link Stored}. */
    String STORED = """
        SELECT m.id, m.conversation_id, <thinkingBytes> AS thinking_bytes, m.tokens_used, m.prompt_tokens,
               m.done_reason, m.duration_ms, x.context_length, x.messages_sent, x.messages_left_out,
               coalesce(x.prompt_cut, FALSE) AS prompt_cut, m.status, m.error, m.server_id, m.started_at, m.ended_at,
               (SELECT bytes FROM message_texts WHERE message_id = m.id) AS bytes
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id
          LEFT JOIN answer_contexts x ON x.message_id = m.id
        """;

    /** The answer, if it is one and the user may see it. */
    @SqlQuery(STORED + """
         WHERE m.id = :id AND m.role = 'assistant' AND m.deleted_at IS NULL AND""" + " " + AccessDao.MAY_READ)
    Optional<Stored> find(long id, long userId);

    @SqlQuery("""
        SELECT m.id, coalesce(m.author_id, c.user_id) AS asked_by
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id
         WHERE m.conversation_id = :conversationId AND m.status = 'streaming'""")
    Optional<Running> findRunning(long conversationId);

    @SqlQuery("SELECT status FROM messages WHERE id = :id")
    Optional<String> findStatus(long id);

    @SqlQuery("SELECT content FROM messages WHERE id = :id")
    String content(long id);

    @SqlQuery("SELECT coalesce(thinking, '') FROM messages WHERE id = :id")
    String thinking(long id);

    /** The answers that a server has in the making. */
    @SqlQuery("SELECT id FROM messages WHERE status = 'streaming' AND server_id = :serverId")
    Set<Long> listRunning(long serverId);

    /** The message that the conversation's path leads to, if it is an answer. */
    @SqlQuery("""
        SELECT m.id, m.status, <contentBytes> AS bytes
          FROM conversations c
          JOIN messages m ON m.id = c.current_message_id
         WHERE c.id = :conversationId AND m.role = 'assistant'""")
    Optional<BrokenOff> findLast(long conversationId);

    /** From now on, the answer is one that this server has in the making; what it says so far is there to be added to. */
    @SqlUpdate("""
        UPDATE messages
           SET status = 'streaming', error = NULL, ended_at = NULL, server_id = :serverId, started_at = :now,
               content = <plain>(content), thinking = <plain>(thinking)
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

    /** As {@link #append}, of what the model thinks. */
    @SqlUpdate("""
        INSERT INTO thinking_parts (message_id, number, text)
        SELECT id, :number, :text
          FROM messages
         WHERE id = :id AND status = 'streaming' AND server_id = :serverId
            ON CONFLICT (message_id, number) DO UPDATE SET text = excluded.text""")
    void appendThinking(long id, long serverId, int number, String text);

    /** Closes an answer that this server still has in the making, with its whole text; {@code thinking} is null where there is none. */
    @SqlUpdate("""
        UPDATE messages
           SET content = :content, thinking = :thinking, status = :status, error = :error, ended_at = :now,
""" + COUNTS + """
         WHERE id = :id AND status = 'streaming' AND server_id = :serverId""")
    boolean close(long id, long serverId, String content, String thinking, @BindMethods Ended ended);

    /** Closes an answer that this server still has in the making, with what was saved of it. */
    @SqlUpdate("""
        UPDATE messages
           SET content = (SELECT text FROM message_texts WHERE message_id = messages.id),
               thinking = nullif(coalesce(thinking, '') || coalesce((SELECT string_agg(text, '' ORDER BY number)
                                                FROM thinking_parts WHERE message_id = messages.id), ''), ''),
               status = :status, error = :error, ended_at = :now,
""" + COUNTS + """
         WHERE id = :id AND status = 'streaming' AND server_id = :serverId""")
    boolean closeJoined(long id, long serverId, @BindMethods Ended ended);

    /** @param toolCalls what the model wanted to call, as a JSON array */
    @SqlUpdate("UPDATE messages SET tool_calls = :toolCalls WHERE id = :id")
    void setToolCalls(long id, String toolCalls);

    /** Closes an answer that this server still has in the making, with what it had before. */
    @SqlUpdate("""
        UPDATE messages
           SET status = :status, error = :error, ended_at = :now
         WHERE id = :id AND status = 'streaming' AND server_id = :serverId""")
    boolean closeWithoutText(long id, long serverId, String status, String error, Instant now);

    default void deleteParts(long id) {
        deleteContentParts(id);
        deleteThinkingParts(id);
    }

    @SqlUpdate("DELETE FROM message_parts WHERE message_id = :id")
    void deleteContentParts(long id);

    @SqlUpdate("DELETE FROM thinking_parts WHERE message_id = :id")
    void deleteThinkingParts(long id);

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
               thinking = nullif(coalesce(thinking, '') || coalesce((SELECT string_agg(text, '' ORDER BY number)
                                                FROM thinking_parts WHERE message_id = messages.id), ''), ''),
               status = 'interrupted', error = 'The server stopped in the middle of this answer', ended_at = :now
         WHERE id = :id AND status = 'streaming'""")
    void interrupt(long id, Instant now);

    /** What was saved of answers that were then closed without it. */
    default void deleteStrayParts() {
        deleteStrayContentParts();
        deleteStrayThinkingParts();
    }

    @SqlUpdate("""
        DELETE FROM message_parts
         WHERE NOT EXISTS (SELECT 1 FROM messages WHERE messages.id = message_parts.message_id AND messages.status = 'streaming')""")
    void deleteStrayContentParts();

    @SqlUpdate("""
        DELETE FROM thinking_parts
         WHERE NOT EXISTS (SELECT 1 FROM messages WHERE messages.id = thinking_parts.message_id AND messages.status = 'streaming')""")
    void deleteStrayThinkingParts();
}
