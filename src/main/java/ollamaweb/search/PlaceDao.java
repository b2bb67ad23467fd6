package ollamaweb.search;

import java.time.Instant;
import java.util.List;
import ollamaweb.access.AccessDao;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Conversations that are few enough to be looked through by themselves. */
@RegisterConstructorMapper(PlaceDao.Place.class)
interface PlaceDao {

    /**
     * A conversation that has messages.
     *
     * @param newest   when its newest message was written
     * @param messages how many it has; no more than one more than {@code many} are counted
     */
    record Place(long conversationId, long ownerId, Instant newest, int messages) {}

    String PLACE = """
        SELECT conversation_id, owner_id, newest,
               (SELECT COUNT(*)
                  FROM (SELECT 1 FROM messages m WHERE m.conversation_id = places.conversation_id LIMIT :many + 1) counted) AS messages
          FROM (SELECT c.id AS conversation_id, c.user_id AS owner_id,
                       (SELECT MAX(m.created_at) FROM messages m WHERE m.conversation_id = c.id) AS newest
        """;

    String NEWEST_FIRST = """
               ) places
         WHERE newest IS NOT NULL
         ORDER BY newest DESC, conversation_id""";

    String FILED = "(:tag IS NULL OR c.id IN (SELECT conversation_id FROM conversation_tags WHERE user_id = :userId AND tag = :tag))";

    /** Those of others that the account may read, and has filed under the tag, if there is one; the one with the newest message first. */
    @SqlQuery(PLACE + "FROM " + AccessDao.MEMBERSHIP + " WHERE x.user_id = :userId AND " + FILED + NEWEST_FIRST)
    List<Place> listJoined(long userId, String tag, int many);

    /**
     * Those of the account's own in which there is something of what the filter wants: by role, model and tag, whenever it was
     * written. The one with the newest message first.
     *
     * @param limit how many are looked for
     */
    @SqlQuery(PLACE + "FROM conversations c WHERE " + AccessDao.OWNS + " AND " + FILED + """

                       AND (:role IS NULL OR EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.role = :role))
                       AND (:modelName IS NULL OR c.model_name = :modelName
                            OR EXISTS (SELECT 1
                                         FROM messages m
                                        WHERE m.conversation_id = c.id AND m.role IN ('user', 'assistant', 'system', 'tool')
                                              AND m.model_name = :modelName))
                 LIMIT :limit
        """ + NEWEST_FIRST)
    List<Place> listOwn(long userId, @BindMethods SearchFilter filter, int many, int limit);
}
