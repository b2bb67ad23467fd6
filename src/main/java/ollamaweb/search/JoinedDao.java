package ollamaweb.search;

import java.time.Instant;
import java.util.List;
import ollamaweb.access.AccessDao;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The conversations of others that an account may read. */
@RegisterConstructorMapper(JoinedDao.Joined.class)
interface JoinedDao {

    /** @param newest when its newest message was written */
    record Joined(long conversationId, Instant newest) {}

    /** Those that have messages, the one with the newest first. */
    @SqlQuery("""
        SELECT conversation_id, newest
          FROM (SELECT x.conversation_id,
                       (SELECT MAX(m.created_at) FROM messages m WHERE m.conversation_id = x.conversation_id) AS newest
                  FROM""" + " " + AccessDao.MEMBERSHIP + """
                 WHERE x.user_id = :userId) joined
         WHERE newest IS NOT NULL
         ORDER BY newest DESC, conversation_id""")
    List<Joined> list(long userId);
}
