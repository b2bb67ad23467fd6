package ollamaweb.conversations;

import java.time.Instant;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Conversations that are being put together in steps; they have no owner, and nobody sees them until they are whole. */
public interface PendingConversationDao {

    /** @return the id of a conversation that has to {@link #begin} in the same transaction */
    @SqlQuery("""
        INSERT INTO conversations (title, title_folded, model_name, system_prompt, created_at, updated_at)
        VALUES (:title, :titleFolded, :modelName, :systemPrompt, :createdAt, :updatedAt)
        RETURNING id""")
    long insert(String title, String titleFolded, String modelName, String systemPrompt, Instant createdAt, Instant updatedAt);

    /** Until this is taken back, the conversation is not cleared away for want of an owner. */
    @SqlUpdate("INSERT INTO conversation_imports (conversation_id, server_id) VALUES (:conversationId, :serverId)")
    void begin(long conversationId, long serverId);

    /** @return false if there is no such account any more */
    @SqlUpdate("""
        UPDATE conversations
           SET user_id = :userId, current_message_id = :currentMessageId
         WHERE id = :conversationId AND EXISTS (SELECT 1 FROM users WHERE id = :userId AND deleted_at IS NULL)""")
    boolean show(long conversationId, long userId, Long currentMessageId);

    /** @return false if it was given up meanwhile, and is being deleted */
    @SqlUpdate("DELETE FROM conversation_imports WHERE conversation_id = :conversationId")
    boolean end(long conversationId);
}
