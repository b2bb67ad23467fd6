package ollamaweb.prompts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The prompts that accounts keep. */
@RegisterConstructorMapper(Prompt.class)
interface PromptDao {

    String COLUMNS = "id, name, content, category, created_at, updated_at";

    @SqlQuery("SELECT " + COLUMNS + """
          FROM prompts
         WHERE user_id = :userId
         ORDER BY name_folded, id
         LIMIT :limit OFFSET :offset""")
    List<Prompt> list(long userId, int limit, long offset);

    @SqlQuery("SELECT COUNT(*) FROM prompts WHERE user_id = :userId")
    long count(long userId);

    @SqlQuery("SELECT " + COLUMNS + " FROM prompts WHERE id = :id AND user_id = :userId")
    Optional<Prompt> find(long id, long userId);

    @SqlQuery("""
        INSERT INTO prompts (user_id, name, name_folded, content, category, created_at, updated_at)
        VALUES (:userId, :name, :nameFolded, :content, :category, :now, :now)
        RETURNING id""")
    long insert(long userId, @BindMethods PromptDraft draft, Instant now);

    @SqlUpdate("""
        UPDATE prompts
           SET name = :name, name_folded = :nameFolded, content = :content, category = :category, updated_at = :now
         WHERE id = :id AND user_id = :userId""")
    boolean update(long id, long userId, @BindMethods PromptDraft draft, Instant now);

    @SqlUpdate("DELETE FROM prompts WHERE id = :id AND user_id = :userId")
    boolean delete(long id, long userId);
}
