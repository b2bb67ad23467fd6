package ollamaweb.conversations;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

@RegisterConstructorMapper(Message.class)
public interface MessageDao {

    /** The messages of a conversation, oldest first; an answer in the making with all that is saved of it. */
    String OF_CONVERSATION = """
        SELECT id, conversation_id, role, tokens_used, created_at, status,
               CASE status WHEN 'streaming'
                    THEN content || coalesce((SELECT group_concat(text, '' ORDER BY number)
                                                FROM message_parts WHERE message_id = messages.id), '')
                    ELSE content END AS content
          FROM messages
         WHERE conversation_id = :conversationId
         ORDER BY id""";

    @SqlQuery(OF_CONVERSATION)
    List<Message> list(long conversationId);

    /** As {@link #list}, but read one by one; only inside a transaction. */
    @SqlQuery(OF_CONVERSATION)
    ResultIterable<Message> each(long conversationId);

    @SqlQuery("""
        INSERT INTO messages (conversation_id, role, content, tokens_used, status, created_at)
        VALUES (:conversationId, :role, :content, :tokensUsed, :status, :createdAt)
        RETURNING id""")
    long insert(long conversationId, String role, String content, Integer tokensUsed, String status, Instant createdAt);
}
