package ollamaweb.messages;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import ollamaweb.access.AccessDao;

/** The messages that users want to find again. */
@RegisterConstructorMapper(MessageHead.class)
public interface FavoriteDao {

    @SqlUpdate("INSERT INTO favorites (user_id, message_id) VALUES (:userId, :messageId) ON CONFLICT DO NOTHING")
    void insert(long userId, long messageId);

    @SqlUpdate("DELETE FROM favorites WHERE user_id = :userId AND message_id = :messageId")
    void delete(long userId, long messageId);

    @SqlQuery("""
        SELECT COUNT(*)
          FROM favorites f
          JOIN messages m ON m.id = f.message_id
          JOIN conversations c ON c.id = m.conversation_id
         WHERE f.user_id = :userId AND m.deleted_at IS NULL AND""" + " " + AccessDao.MAY_READ)
    long count(long userId);

    /** The ids of a page, newest message first. */
    @SqlQuery("""
        SELECT m.id
          FROM favorites f
          JOIN messages m ON m.id = f.message_id
          JOIN conversations c ON c.id = m.conversation_id
         WHERE f.user_id = :userId AND m.deleted_at IS NULL AND
""" + AccessDao.MAY_READ + """
         ORDER BY f.message_id DESC
         LIMIT :limit OFFSET :offset""")
    List<Long> list(long userId, int limit, long offset);

    /** The favorites from one down to another, newest message first. */
    @SqlQuery("""
        SELECT
""" + PathDao.HEAD + """
          FROM favorites f
          JOIN messages m ON m.id = f.message_id
          JOIN conversations c ON c.id = m.conversation_id
         WHERE f.user_id = :userId AND f.message_id BETWEEN :last AND :first
           AND m.deleted_at IS NULL AND
""" + AccessDao.MAY_READ + """
         ORDER BY f.message_id DESC
         LIMIT :limit""")
    List<MessageHead> heads(long userId, long first, long last, int limit);
}
