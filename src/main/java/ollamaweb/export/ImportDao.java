package ollamaweb.export;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;

interface ImportDao {

    /** @param now the date of the messages that have none; the transaction stays the caller's */
    @SqlBatch(transactional = false, value = """
        INSERT INTO messages (conversation_id, role, content, tokens_used, status, created_at)
        VALUES (:conversationId, :role, :content, :tokensUsed, 'complete', coalesce(:createdAt, :now))""")
    void insert(long conversationId, @BindMethods List<ImportedMessage> messages, Instant now);
}
