package ollamaweb.chat;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import ollamaweb.access.AccessDao;

/** What models were given for their answers. */
@RegisterConstructorMapper(ContextDao.Candidate.class)
@RegisterConstructorMapper(ContextDao.Measured.class)
@RegisterConstructorMapper(AnswerContext.class)
@RegisterConstructorMapper(ContextDao.Said.class)
interface ContextDao {

    /**
     * @param bytes         how long its text is, as UTF-8; 0 of an answer that never began
     * @param fileTextBytes how long the texts of its files are
     * @param imageBytes    how long its images are
     */
    record Candidate(long id, long bytes, long fileTextBytes, long imageBytes) {}

    /** A message as a model reads it. */
    record Said(long id, String role, String content, boolean hasFiles) {}

    /**
     * Prompts whose length is known as bytes and as tokens.
     *
     * @param bytes  null when there is none
     * @param tokens null when there is none
     */
    record Measured(Long bytes, Long tokens) {}

    /** The newest messages of the path to one, newest first. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id, number) AS (
            SELECT id, parent_id, 1 FROM messages WHERE id = :last
             UNION ALL
            SELECT m.id, m.parent_id, path.number + 1
              FROM path JOIN messages m ON m.id = path.parent_id
             WHERE path.number < :limit)
        SELECT m.id, <contentBytes> AS bytes,
               (SELECT CAST(coalesce(SUM(f.size), 0) AS BIGINT) FROM message_files x JOIN files f ON f.id = x.file_id
                 WHERE x.message_id = m.id AND f.media_type = 'text/plain') AS file_text_bytes,
               (SELECT CAST(coalesce(SUM(f.size), 0) AS BIGINT) FROM message_files x JOIN files f ON f.id = x.file_id
                 WHERE x.message_id = m.id AND f.media_type <> 'text/plain') AS image_bytes
          FROM path JOIN messages m ON m.id = path.id
         ORDER BY m.id DESC""")
    List<Candidate> newest(long last, int limit);

    /** How many messages the path to one has. */
    @SqlQuery("SELECT depth FROM messages WHERE id = :last")
    int count(long last);

    /** The texts of the path to one message from another on, oldest first; answers that never began are left out. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id) AS (
            SELECT id, parent_id FROM messages WHERE id = :last
             UNION ALL
            SELECT m.id, m.parent_id FROM path JOIN messages m ON m.id = path.parent_id WHERE path.id > :first)
        SELECT m.id, m.role, m.content, EXISTS (SELECT 1 FROM message_files WHERE message_id = m.id) AS has_files
          FROM path JOIN messages m ON m.id = path.id
         WHERE m.id >= :first AND octet_length(m.content) > 0
         ORDER BY m.id""")
    List<Said> turns(long first, long last);

    /** The last 20 prompts that the user's answers by a model measured. */
    @SqlQuery("""
        SELECT SUM(prompt_bytes) AS bytes, SUM(prompt_tokens) AS tokens
          FROM (SELECT prompt_bytes, prompt_tokens
                  FROM answer_contexts
                 WHERE user_id = :userId AND model_name = :modelName AND prompt_tokens > 0 AND NOT prompt_cut
                 ORDER BY message_id DESC
                 LIMIT 20) last""")
    Measured measured(long userId, String modelName);

    @SqlUpdate("""
        INSERT INTO answer_contexts (message_id, user_id, model_name, system_prompt, options, message_ids, left_out,
                                     messages_sent, messages_left_out, prompt_bytes)
        VALUES (:messageId, :userId, :modelName, :systemPrompt, :options, :messageIds, :leftOut, :sent, :notSent, :promptBytes)
        ON CONFLICT (message_id) DO UPDATE
           SET model_name = excluded.model_name, digest = NULL, system_prompt = excluded.system_prompt, options = excluded.options,
               message_ids = excluded.message_ids, left_out = excluded.left_out, messages_sent = excluded.messages_sent,
               messages_left_out = excluded.messages_left_out, prompt_bytes = excluded.prompt_bytes, prompt_tokens = NULL,
               context_length = NULL, prompt_cut = FALSE""")
    void put(long messageId, long userId, String modelName, String systemPrompt, String options, String messageIds, String leftOut,
            int sent, int notSent, long promptBytes);

    /** Adds what is known once the answer has ended. */
    @SqlUpdate("""
        UPDATE answer_contexts
           SET digest = :digest, prompt_tokens = :promptTokens, context_length = :contextLength, prompt_cut = :promptCut
         WHERE message_id = :messageId""")
    void complete(long messageId, String digest, Integer promptTokens, Integer contextLength, boolean promptCut);

    /** The context of an answer that the user may see. */
    @SqlQuery("""
        SELECT x.message_id, x.model_name, x.digest, x.system_prompt, x.options, x.message_ids, x.left_out, x.messages_sent,
               x.messages_left_out, x.prompt_bytes, x.prompt_tokens, x.context_length, x.prompt_cut
          FROM answer_contexts x
          JOIN messages m ON m.id = x.message_id
          JOIN conversations c ON c.id = m.conversation_id
         WHERE x.message_id = :messageId AND m.deleted_at IS NULL AND""" + " " + AccessDao.MAY_READ)
    Optional<AnswerContext> find(long messageId, long userId);
}
