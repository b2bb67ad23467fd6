package ollamaweb.prompts;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** As {@link PromptArchive} needs them. */
@RegisterConstructorMapper(Prompt.class)
interface PromptArchiveDao {

    @SqlQuery("SELECT " + PromptDao.COLUMNS + """
          FROM prompts
         WHERE user_id = :userId AND +id > :after
         ORDER BY +id
         LIMIT :limit""")
    List<Prompt> list(long userId, long after, int limit);

    @SqlQuery("""
        INSERT INTO prompts (user_id, name, name_folded, content, category, created_at, updated_at)
        VALUES (:userId, :name, :nameFolded, :content, :category, coalesce(:createdAt, :now), coalesce(:updatedAt, :now))
        RETURNING id""")
    long insert(long userId, @BindMethods ArchivedPrompt prompt, Instant now);

    @SqlUpdate("""
        UPDATE prompts
           SET name = :name, name_folded = :nameFolded, content = :content, category = :category,
               updated_at = coalesce(:updatedAt, :now)
         WHERE id = :promptId AND user_id = :userId""")
    boolean update(long promptId, long userId, @BindMethods ArchivedPrompt prompt, Instant now);
}
