package ollamaweb.imports;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where prompts, goals, tasks and insights came from, and what of an account goes by which id. */
@RegisterConstructorMapper(ThingDao.Known.class)
interface ThingDao {

    /**
     * Something that came before, as it was the last time.
     *
     * @param importId the import that has written it
     * @param result   what that import told of it
     */
    record Known(long thingId, String contentHash, long importId, String result) {}

    /** What came before, unless it was deleted here. */
    @SqlQuery("""
        SELECT thing_id, content_hash, import_id, result
          FROM import_things
         WHERE user_id = :userId AND kind = :kind AND source_key = :key
           AND CASE kind WHEN 'prompt' THEN EXISTS (SELECT 1 FROM prompts WHERE id = thing_id AND user_id = :userId)
                         WHEN 'goal' THEN EXISTS (SELECT 1 FROM goals WHERE id = thing_id AND user_id = :userId)
                         WHEN 'task' THEN EXISTS (SELECT 1 FROM tasks WHERE id = thing_id AND user_id = :userId)
                         ELSE EXISTS (SELECT 1 FROM insights WHERE id = thing_id AND user_id = :userId) END""")
    Optional<Known> find(long userId, String kind, String key);

    @SqlUpdate("""
        INSERT INTO import_things (user_id, kind, source_key, thing_id, content_hash, import_id, result)
        VALUES (:userId, :kind, :key, :thingId, :contentHash, :importId, :result)
            ON CONFLICT (user_id, kind, source_key) DO UPDATE
           SET thing_id = excluded.thing_id, content_hash = excluded.content_hash, import_id = excluded.import_id,
               result = excluded.result""")
    void put(long userId, String kind, String key, long thingId, String contentHash, long importId, String result);

    /** Whether the account has it, by its own id. */
    @SqlQuery("""
        SELECT CASE :kind WHEN 'prompt' THEN EXISTS (SELECT 1 FROM prompts WHERE id = :id AND user_id = :userId)
                          WHEN 'goal' THEN EXISTS (SELECT 1 FROM goals WHERE id = :id AND user_id = :userId)
                          WHEN 'task' THEN EXISTS (SELECT 1 FROM tasks WHERE id = :id AND user_id = :userId)
                          WHEN 'insight' THEN EXISTS (SELECT 1 FROM insights WHERE id = :id AND user_id = :userId)
                          WHEN 'conversation' THEN EXISTS (SELECT 1 FROM conversations WHERE id = :id AND user_id = :userId)
                          ELSE EXISTS (SELECT 1
                                         FROM messages m
                                         JOIN conversations c ON c.id = m.conversation_id
                                        WHERE m.id = :id AND c.user_id = :userId AND m.deleted_at IS NULL) END""")
    boolean has(long userId, String kind, long id);

    /** When a prompt, goal, task or insight of the account was made. */
    @SqlQuery("""
        SELECT created_at FROM prompts WHERE :kind = 'prompt' AND id = :id AND user_id = :userId
         UNION ALL
        SELECT created_at FROM goals WHERE :kind = 'goal' AND id = :id AND user_id = :userId
         UNION ALL
        SELECT created_at FROM tasks WHERE :kind = 'task' AND id = :id AND user_id = :userId
         UNION ALL
        SELECT created_at FROM insights WHERE :kind = 'insight' AND id = :id AND user_id = :userId""")
    Optional<Instant> findCreatedAt(long userId, String kind, long id);

    /** The message that came from one of a source. */
    @SqlQuery("""
        SELECT m.message_id
          FROM import_origin_messages m
          JOIN import_origins o ON o.conversation_id = m.conversation_id
         WHERE m.source_key = :key AND o.user_id = :userId AND o.source = :source AND m.message_id IS NOT NULL
         LIMIT 1""")
    Optional<Long> findMessage(long userId, String source, String key);
}
