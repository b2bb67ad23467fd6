package ollamaweb.sharing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Share.class)
@RegisterConstructorMapper(SharedConversation.class)
interface ShareDao {

    /** Those of one of the user's conversations, oldest first. */
    @SqlQuery("""
        SELECT id, conversation_id, live, created_at, expires_at
          FROM shares
         WHERE user_id = :userId AND conversation_id = :conversationId
         ORDER BY id""")
    List<Share> list(long conversationId, long userId);

    @SqlQuery("SELECT COUNT(*) FROM shares WHERE user_id = :userId AND conversation_id = :conversationId")
    int count(long conversationId, long userId);

    /** A snapshot ends before an answer that is still in the making. */
    @SqlQuery("""
        INSERT INTO shares (conversation_id, user_id, token_digest, live, title, model_name, last_message_id, created_at, expires_at)
        SELECT c.id, c.user_id, :tokenDigest, :live, c.title, c.model_name,
               CASE WHEN m.status = 'streaming' THEN m.parent_id ELSE m.id END, :now, :expiresAt
          FROM conversations c
          LEFT JOIN messages m ON m.id = c.current_message_id
         WHERE c.id = :conversationId AND c.user_id = :userId AND c.trashed_at IS NULL
        RETURNING id""")
    Optional<Long> insert(long conversationId, long userId, String tokenDigest, boolean live, Instant now, Instant expiresAt);

    @SqlUpdate("DELETE FROM shares WHERE id = :id AND conversation_id = :conversationId AND user_id = :userId")
    boolean delete(long id, long conversationId, long userId);

    /** What a link leads to, if it is one that is still good. */
    @SqlQuery("""
        SELECT c.user_id, CASE WHEN s.live THEN c.title ELSE s.title END AS title,
               CASE WHEN s.live THEN c.model_name ELSE s.model_name END AS model_name, s.live,
               CASE WHEN s.live THEN c.current_message_id ELSE s.last_message_id END AS last_message_id, s.created_at
          FROM shares s
          JOIN conversations c ON c.id = s.conversation_id AND c.user_id = s.user_id AND c.trashed_at IS NULL
          JOIN users u ON u.id = c.user_id AND u.deleted_at IS NULL AND u.disabled_at IS NULL
         WHERE s.token_digest = :tokenDigest AND (s.expires_at IS NULL OR s.expires_at > :now)""")
    Optional<SharedConversation> find(String tokenDigest, Instant now);

    /** The first message of the path to {@code last} that is being deleted, with all that hangs on it. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id, deleted_at) AS (
            SELECT id, parent_id, deleted_at FROM messages WHERE id = :last
             UNION ALL
            SELECT m.id, m.parent_id, m.deleted_at FROM path JOIN messages m ON m.id = path.parent_id)
        SELECT MIN(id) FROM path WHERE deleted_at IS NOT NULL""")
    Optional<Long> findDeleted(long last);
}
