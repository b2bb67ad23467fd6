package ollamaweb.access;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * Who may see a conversation, and what of it may be done: its owner and its members, while it is not in the trash. Every
 * statement that an account asks of a conversation, or of what is in it, has one of these conditions.
 */
@RegisterConstructorMapper(AccessDao.Access.class)
public interface AccessDao {

    /**
     * What an account has of a conversation.
     *
     * @param ownerId      whose conversation it is
     * @param membershipId what the account's streams end with; null for the owner
     */
    record Access(long conversationId, long ownerId, ConversationRole role, Long membershipId) {}

    /** That {@code :userId} owns the conversation {@code c}, which is not in the trash. */
    String OWNS = "c.user_id = :userId AND c.trashed_at IS NULL";

    /** How the conversation {@code c} and the membership {@code x} are joined; an owner that is being deleted has no members. */
    String MEMBERSHIP = """
            conversation_members x
            JOIN conversations c ON c.id = x.conversation_id AND c.trashed_at IS NULL
            JOIN users owner ON owner.id = c.user_id AND owner.deleted_at IS NULL
        """;

    /** That {@code :userId} may see the conversation {@code c}. */
    String MAY_READ = """
            c.trashed_at IS NULL
            AND (c.user_id = :userId OR EXISTS (
                    SELECT 1
                      FROM conversation_members x
                      JOIN users owner ON owner.id = c.user_id AND owner.deleted_at IS NULL
                     WHERE x.conversation_id = c.id AND x.user_id = :userId))
        """;

    /** That {@code :userId} may see the conversation {@code c} and write in it. */
    String MAY_WRITE = """
            c.trashed_at IS NULL
            AND (c.user_id = :userId OR EXISTS (
                    SELECT 1
                      FROM conversation_members x
                      JOIN users owner ON owner.id = c.user_id AND owner.deleted_at IS NULL
                     WHERE x.conversation_id = c.id AND x.user_id = :userId AND x.role = 'writer'))
        """;

    @SqlQuery("""
        SELECT c.id AS conversation_id, c.user_id AS owner_id, coalesce(m.role, 'owner') AS role, m.id AS membership_id
          FROM conversations c
          LEFT JOIN conversation_members m ON m.conversation_id = c.id AND m.user_id = :userId
         WHERE c.id = :conversationId AND""" + " " + MAY_READ)
    Optional<Access> find(long conversationId, long userId);

    /** As {@link #find}, of the conversation that a message is in. */
    @SqlQuery("""
        SELECT c.id AS conversation_id, c.user_id AS owner_id, coalesce(m.role, 'owner') AS role, m.id AS membership_id
          FROM messages said
          JOIN conversations c ON c.id = said.conversation_id
          LEFT JOIN conversation_members m ON m.conversation_id = c.id AND m.user_id = :userId
         WHERE said.id = :messageId AND said.deleted_at IS NULL AND""" + " " + MAY_READ)
    Optional<Access> findOfMessage(long messageId, long userId);
}
