package ollamaweb.messages;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The messages on the way from the beginning of a conversation to one of its messages. A parent is always older than what
 * follows it, so the messages of a path ascend by id; a path is walked from its end, each step by the primary key.
 */
@RegisterConstructorMapper(MessageHead.class)
@RegisterConstructorMapper(PathDao.Step.class)
public interface PathDao {

    /** What a list shows of a message {@code m}; texts of more than 8 KiB are left out, they are read in pieces. */
    String HEAD = """
               m.id, m.conversation_id, m.parent_id, m.role, m.status, m.model_name,
               coalesce(m.author_id, (SELECT user_id FROM conversations WHERE id = m.conversation_id), 0) AS author_id, m.tokens_used, m.prompt_tokens, m.duration_ms,
               EXISTS (SELECT 1 FROM favorites WHERE user_id = :userId AND message_id = m.id) AS favorite,
               m.reaction, m.created_at, m.tool_name, m.tool_calls,
               CASE WHEN m.parent_id IS NULL
                    THEN (SELECT string_agg(CAST(v.id AS TEXT), ',' ORDER BY v.id) FROM messages v
                           WHERE v.conversation_id = m.conversation_id AND v.parent_id IS NULL AND v.deleted_at IS NULL)
                    ELSE (SELECT string_agg(CAST(v.id AS TEXT), ',' ORDER BY v.id) FROM messages v
                           WHERE v.conversation_id = m.conversation_id AND v.parent_id = m.parent_id AND v.deleted_at IS NULL)
                    END AS versions,
               EXISTS (SELECT 1 FROM message_files WHERE message_id = m.id) AS has_files,
               (SELECT bytes FROM message_texts WHERE message_id = m.id) AS content_bytes,
               <thinkingBytes> AS thinking_bytes,
               CASE WHEN m.status <> 'streaming' AND <contentBytes> + <thinkingBytes> <= 8192
                    THEN m.thinking END AS thinking,
               CASE WHEN m.status <> 'streaming' AND <contentBytes> + <thinkingBytes> <= 8192
                    THEN m.content END AS content
        """;

    /** A message of a path, and how many there are up to it. */
    record Step(long id, int depth) {}

    /**
     * Every 32nd message of the path to {@code last}, and its first and last, oldest first.
     *
     * @param limit how many messages of the path there are to be, the newest ones
     */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id, depth, number) AS (
            SELECT id, parent_id, depth, 1 FROM messages WHERE id = :last
             UNION ALL
            SELECT m.id, m.parent_id, m.depth, path.number + 1
              FROM path JOIN messages m ON m.id = path.parent_id
             WHERE path.number < :limit)
        SELECT id, depth
          FROM path
         WHERE number = 1 OR number = :limit OR depth = 1 OR depth % 32 = 0
         ORDER BY id""")
    List<Step> steps(long last, int limit);

    /** The messages of the path to {@code last} from {@code first} on, oldest first. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id) AS (
            SELECT id, parent_id FROM messages WHERE id = :last
             UNION ALL
            SELECT m.id, m.parent_id FROM path JOIN messages m ON m.id = path.parent_id WHERE path.id > :first)
        SELECT
""" + HEAD + """
          FROM path JOIN messages m ON m.id = path.id
         WHERE m.id >= :first AND m.deleted_at IS NULL
         ORDER BY m.id""")
    List<MessageHead> heads(long first, long last, long userId);

    /** The ids of the path to {@code last} that lie between two, oldest first. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id) AS (
            SELECT id, parent_id FROM messages WHERE id = :last
             UNION ALL
            SELECT m.id, m.parent_id FROM path JOIN messages m ON m.id = path.parent_id WHERE path.id > :from)
        SELECT id FROM path WHERE id BETWEEN :from AND :to ORDER BY id""")
    List<Long> idsBetween(long last, long from, long to);

    /** The ids of the conversation's current path that lie between two. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id) AS (
            SELECT m.id, m.parent_id
              FROM conversations c JOIN messages m ON m.id = c.current_message_id
             WHERE c.id = :conversationId
             UNION ALL
            SELECT m.id, m.parent_id FROM path JOIN messages m ON m.id = path.parent_id WHERE path.id > :from)
        SELECT id FROM path WHERE id BETWEEN :from AND :to""")
    List<Long> currentIdsBetween(long conversationId, long from, long to);

    /** The newest message of the path to {@code last} that is older than another message. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id) AS (
            SELECT id, parent_id FROM messages WHERE id = :last
             UNION ALL
            SELECT m.id, m.parent_id FROM path JOIN messages m ON m.id = path.parent_id WHERE path.id >= :before)
        SELECT MAX(id) FROM path WHERE id < :before""")
    Optional<Long> findBefore(long last, long before);

    /** The newest question of the path to {@code last}. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id, role) AS (
            SELECT id, parent_id, role FROM messages WHERE id = :last
             UNION ALL
            SELECT m.id, m.parent_id, m.role FROM path JOIN messages m ON m.id = path.parent_id WHERE path.role <> 'user')
        SELECT MAX(id) FROM path WHERE role = 'user'""")
    Optional<Long> findQuestion(long last);

    /** All messages of a conversation from one on, on whatever path, oldest first. */
    @SqlQuery("""
        SELECT
""" + HEAD + """
          FROM messages m
         WHERE m.conversation_id = :conversationId AND m.id >= :first AND m.deleted_at IS NULL
         ORDER BY m.id
         LIMIT :limit""")
    List<MessageHead> headsOfTree(long conversationId, long first, int limit, long userId);
}
