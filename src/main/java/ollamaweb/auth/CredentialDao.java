package ollamaweb.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The part of {@code users} that never leaves this folder. */
@RegisterConstructorMapper(CredentialDao.Credential.class)
interface CredentialDao {

    /**
     * @param emailFolded  null while the account has no address
     * @param passwordHash null while the account has no password
     */
    record Credential(long userId, String emailFolded, String passwordHash, boolean disabled) {

        /** @return what the account is called where its failed sign-ins are counted */
        String name() {
            return emailFolded == null ? "#" + userId : emailFolded;
        }
    }

    /** @param emailFolded the address as {@link ollamaweb.users.EmailAddress#folded} gives it */
    @SqlQuery("SELECT id AS user_id, email_folded, password_hash, disabled_at IS NOT NULL AS disabled FROM users WHERE email_folded = :emailFolded")
    Optional<Credential> findByEmail(String emailFolded);

    @SqlQuery("SELECT id AS user_id, email_folded, password_hash, disabled_at IS NOT NULL AS disabled FROM users WHERE id = :userId")
    Optional<Credential> find(long userId);

    @SqlUpdate("UPDATE users SET password_hash = :passwordHash, updated_at = :now WHERE id = :userId")
    boolean update(long userId, String passwordHash, Instant now);

    /** Deletes the answers in the making, which ends them. */
    @SqlUpdate("""
        DELETE FROM messages
         WHERE status = 'streaming'
           AND EXISTS (SELECT 1 FROM conversations WHERE id = conversation_id AND user_id = :userId)""")
    void endAnswers(long userId);

    /** Ends what the account has of the conversations of others; those are told that it has left. */
    @SqlQuery("DELETE FROM conversation_members WHERE user_id = :userId RETURNING conversation_id")
    List<Long> leaveConversations(long userId);

    /** Deletes the insights that wait or are being written, which ends them. */
    @SqlUpdate("DELETE FROM insights WHERE status = 'pending' AND user_id = :userId")
    void endInsights(long userId);
}
