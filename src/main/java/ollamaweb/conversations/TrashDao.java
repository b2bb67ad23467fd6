package ollamaweb.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Conversations in the trash, where nothing but these questions sees them. */
@RegisterConstructorMapper(Conversation.class)
public interface TrashDao {

    /** Those thrown away last come first. */
    @SqlQuery("SELECT " + ConversationDao.COLUMNS + """
          FROM (""" + ConversationDao.OWN + """
                 WHERE c.user_id = :userId AND c.trashed_at IS NOT NULL
                 ORDER BY c.trashed_at DESC, c.id DESC
                 LIMIT :limit OFFSET :offset) c""")
    List<Conversation> list(long userId, int limit, long offset);

    @SqlQuery("SELECT COUNT(*) FROM conversations WHERE user_id = :userId AND trashed_at IS NOT NULL")
    long count(long userId);

    @SqlQuery("SELECT " + ConversationDao.COLUMNS + " FROM (" + ConversationDao.OWN
            + " WHERE c.id = :id AND c.user_id = :userId AND c.trashed_at IS NOT NULL) c")
    Optional<Conversation> find(long id, long userId);

    /** @return false if the user has no such conversation outside the trash */
    @SqlUpdate("UPDATE conversations SET trashed_at = :now WHERE id = :id AND user_id = :userId AND trashed_at IS NULL")
    boolean trash(long id, long userId, Instant now);

    /** @return false if the user has no such conversation in the trash, as {@link #delete} */
    @SqlUpdate("UPDATE conversations SET trashed_at = NULL WHERE id = :id AND user_id = :userId AND trashed_at IS NOT NULL")
    boolean restore(long id, long userId);

    /** As {@link ConversationDao#delete}. */
    @SqlUpdate("UPDATE conversations SET user_id = NULL WHERE id = :id AND user_id = :userId AND trashed_at IS NOT NULL")
    boolean delete(long id, long userId);

    /** Some of those that were there at a moment. */
    @SqlQuery("SELECT id FROM conversations WHERE user_id = :userId AND trashed_at <= :now LIMIT :limit")
    List<Long> listSome(long userId, Instant now, int limit);
}
