package ollamaweb.upstreams;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** An account's own, and those of admins for all. */
@RegisterConstructorMapper(StoredUpstream.class)
interface UpstreamDao {

    String COLUMNS = "id, user_id, shared, name, kind, url, api_key, enabled, priority, created_at, updated_at";

    /** Those that an account may ask, in the order in which their models are listed. */
    @SqlQuery("SELECT " + COLUMNS + """

          FROM upstreams
         WHERE user_id = :userId OR shared AND user_id IN (SELECT id FROM users WHERE deleted_at IS NULL)
         ORDER BY priority, shared, id""")
    List<StoredUpstream> list(long userId);

    @SqlQuery("SELECT " + COLUMNS + """

          FROM upstreams
         WHERE id = :id AND (user_id = :userId OR shared AND user_id IN (SELECT id FROM users WHERE deleted_at IS NULL))""")
    Optional<StoredUpstream> find(long id, long userId);

    @SqlQuery("SELECT COUNT(*) FROM upstreams WHERE user_id = :userId")
    int count(long userId);

    /** @param exceptId of the one that asks for the name */
    @SqlQuery("""
        SELECT EXISTS (SELECT 1
                         FROM upstreams
                        WHERE name = :name AND id <> :exceptId AND (user_id = :userId OR :shared AND shared))""")
    boolean isTaken(String name, long userId, boolean shared, long exceptId);

    @SqlQuery("""
        INSERT INTO upstreams (user_id, shared, name, kind, url, api_key, enabled, priority, created_at, updated_at)
        VALUES (:userId, :shared, :name, :kind, :checkedUrl, :encryptedKey, :enabled, :priority, :now, :now)
        RETURNING id""")
    long insert(long userId, @BindMethods UpstreamDraft draft, String checkedUrl, String encryptedKey, Instant now);

    /** The caller has found out that its user may. */
    @SqlUpdate("""
        UPDATE upstreams
           SET name = :name, kind = :kind, url = :url, api_key = :apiKey, enabled = :enabled, priority = :priority, updated_at = :now
         WHERE id = :id AND user_id = :userId""")
    boolean update(@BindMethods StoredUpstream upstream, Instant now);

    @SqlUpdate("DELETE FROM upstreams WHERE id = :id AND user_id = :userId")
    boolean delete(long id, long userId);
}
