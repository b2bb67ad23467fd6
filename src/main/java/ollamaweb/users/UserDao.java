package ollamaweb.users;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(User.class)
public interface UserDao {

    @SqlQuery("""
        SELECT id, email, display_name, timezone, ollama_url, is_admin, disabled_at IS NOT NULL AS disabled, tokens_per_day, created_at,
               updated_at
          FROM users
         WHERE deleted_at IS NULL
           AND (:query IS NULL OR <instr>(email_folded, :query) > 0 OR <instr>(lower(display_name), :query) > 0)
           AND (:isAdmin IS NULL OR is_admin = :isAdmin)
           AND (:disabled IS NULL OR (disabled_at IS NOT NULL) = :disabled)
         ORDER BY id
         LIMIT :limit OFFSET :offset""")
    List<User> list(@BindMethods UserFilter filter, int limit, long offset);

    @SqlQuery("""
        SELECT COUNT(*)
          FROM users
         WHERE deleted_at IS NULL
           AND (:query IS NULL OR <instr>(email_folded, :query) > 0 OR <instr>(lower(display_name), :query) > 0)
           AND (:isAdmin IS NULL OR is_admin = :isAdmin)
           AND (:disabled IS NULL OR (disabled_at IS NOT NULL) = :disabled)""")
    long count(@BindMethods UserFilter filter);

    @SqlQuery("""
        SELECT id, email, display_name, timezone, ollama_url, is_admin, disabled_at IS NOT NULL AS disabled, tokens_per_day, created_at,
               updated_at
          FROM users
         WHERE id = :id AND deleted_at IS NULL""")
    Optional<User> find(long id);

    /** @param emailFolded the address as {@link EmailAddress#folded} gives it */
    @SqlQuery("SELECT id FROM users WHERE email_folded = :emailFolded AND deleted_at IS NULL")
    Optional<Long> findId(String emailFolded);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM users WHERE deleted_at IS NULL)")
    boolean any();

    /** @param emailFolded the address as {@link EmailAddress#folded} gives it, or null for none */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM users WHERE email_folded = :emailFolded AND id <> :exceptId)")
    boolean isTaken(String emailFolded, long exceptId);

    /** The first account of a server is its admin. */
    @SqlQuery("""
        INSERT INTO users (ollama_url, is_admin, created_at, updated_at)
        VALUES (:ollamaUrl, NOT EXISTS (SELECT 1 FROM users WHERE deleted_at IS NULL), :now, :now)
        RETURNING id""")
    long insert(String ollamaUrl, Instant now);

    @SqlUpdate("""
        UPDATE users
           SET email = :email, email_folded = :emailFolded, display_name = :displayName, timezone = :timezone,
               updated_at = :now
         WHERE id = :id""")
    boolean update(long id, String email, String emailFolded, String displayName, String timezone, Instant now);

    @SqlUpdate("UPDATE users SET ollama_url = :ollamaUrl WHERE id = :id")
    boolean updateOllamaUrl(long id, String ollamaUrl);

    /** What only an admin may set of an account. */
    @SqlUpdate("""
        UPDATE users
           SET is_admin = :isAdmin, tokens_per_day = :tokensPerDay, updated_at = :now,
               disabled_at = CASE WHEN :disabled THEN coalesce(disabled_at, :now) END
         WHERE id = :id AND deleted_at IS NULL""")
    boolean administer(long id, boolean isAdmin, boolean disabled, Long tokensPerDay, Instant now);

    /**
     * Takes the rows of all admins who can sign in, until the transaction ends: what is found out of them holds when it is committed.
     *
     * @return their ids
     */
    @SqlQuery("""
        UPDATE users
           SET is_admin = TRUE
         WHERE is_admin AND deleted_at IS NULL AND disabled_at IS NULL
        RETURNING id""")
    List<Long> lockAdmins();

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM users WHERE id <> :id AND deleted_at IS NULL)")
    boolean anyBut(long id);

    /** The account is gone for everybody, and its address is free; its rows are deleted later, in steps. */
    @SqlUpdate("""
        UPDATE users
           SET deleted_at = :now, api_key_hash = NULL, email = NULL, email_folded = NULL, password_hash = NULL, display_name = NULL
         WHERE id = :id AND deleted_at IS NULL""")
    boolean delete(long id, Instant now);
}
