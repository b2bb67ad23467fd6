package ollamaweb.export;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Conversations that are being imported; they have no owner, and nobody sees them. */
interface ImportDao {

    @SqlQuery("""
        INSERT INTO conversations (title, title_folded, model_name, system_prompt, created_at, updated_at)
        VALUES (:title, :titleFolded, :modelName, :systemPrompt, :createdAt, :updatedAt)
        RETURNING id""")
    long insert(String title, String titleFolded, String modelName, String systemPrompt, Instant createdAt, Instant updatedAt);

    /** Until this is taken back, the conversation is not cleared away for want of an owner. */
    @SqlUpdate("INSERT INTO conversation_imports (conversation_id) VALUES (:conversationId)")
    void begin(long conversationId);

    /** @param now the date of the messages that have none; the transaction stays the caller's */
    @SqlBatch(transactional = false, value = """
        INSERT INTO messages (conversation_id, role, content, tokens_used, status, created_at)
        VALUES (:conversationId, :role, :content, :tokensUsed, 'complete', coalesce(:createdAt, :now))""")
    void insertMessages(long conversationId, @BindMethods List<ImportedMessage> messages, Instant now);

    /** @return false if there is no such account any more */
    @SqlUpdate("""
        UPDATE conversations
           SET user_id = :userId
         WHERE id = :conversationId AND EXISTS (SELECT 1 FROM users WHERE id = :userId AND deleted_at IS NULL)""")
    boolean show(long conversationId, long userId);

    @SqlUpdate("DELETE FROM conversation_imports WHERE conversation_id = :conversationId")
    void end(long conversationId);
}
