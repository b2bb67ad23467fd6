package ollamaweb.members;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The members of conversations; that the user may ask is seen to before, by {@link ollamaweb.access.AccessDao}. */
@RegisterConstructorMapper(Member.class)
interface MemberDao {

    /** The owner, then the members in the order in which they came. */
    @SqlQuery("""
        SELECT user_id, display_name, role, joined_at
          FROM (SELECT c.user_id, u.display_name, 'owner' AS role, c.created_at AS joined_at, 0 AS id
                  FROM conversations c
                  JOIN users u ON u.id = c.user_id
                 WHERE c.id = :conversationId
                 UNION ALL
                SELECT x.user_id, u.display_name, x.role, x.joined_at, x.id
                  FROM conversation_members x
                  JOIN users u ON u.id = x.user_id AND u.deleted_at IS NULL
                 WHERE x.conversation_id = :conversationId) people
         ORDER BY id""")
    List<Member> list(long conversationId);

    @SqlQuery("""
        SELECT x.user_id, u.display_name, x.role, x.joined_at
          FROM conversation_members x
          JOIN users u ON u.id = x.user_id AND u.deleted_at IS NULL
         WHERE x.conversation_id = :conversationId AND x.user_id = :memberId""")
    Optional<Member> find(long conversationId, long memberId);

    /** The account with an e-mail address or an id; one of the two is null. */
    @SqlQuery("SELECT id FROM users WHERE (id = :id OR email_folded = :emailFolded) AND deleted_at IS NULL")
    Optional<Long> findAccount(Long id, String emailFolded);

    @SqlQuery("SELECT COUNT(*) FROM conversation_members WHERE conversation_id = :conversationId")
    int count(long conversationId);

    @SqlQuery("SELECT COUNT(*) FROM conversation_members WHERE user_id = :memberId")
    int countOfAccount(long memberId);

    /** False if the account is a member already. */
    @SqlUpdate("""
        INSERT INTO conversation_members (conversation_id, user_id, role, joined_at)
        VALUES (:conversationId, :memberId, :role, :now)
        ON CONFLICT DO NOTHING""")
    boolean insert(long conversationId, long memberId, String role, Instant now);

    @SqlUpdate("UPDATE conversation_members SET role = :role WHERE conversation_id = :conversationId AND user_id = :memberId")
    boolean update(long conversationId, long memberId, String role);

    /** The id of the membership that has ended, if there was one. */
    @SqlQuery("DELETE FROM conversation_members WHERE conversation_id = :conversationId AND user_id = :memberId RETURNING id")
    Optional<Long> delete(long conversationId, long memberId);
}
