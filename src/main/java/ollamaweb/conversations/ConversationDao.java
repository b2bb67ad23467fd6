package ollamaweb.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import ollamaweb.access.AccessDao;

@RegisterConstructorMapper(Conversation.class)
public interface ConversationDao {

    /** What a list shows of a conversation {@code c}, for {@code :userId}. */
    String COLUMNS = """
               c.id, c.user_id, c.title, c.model_name, c.system_prompt, c.created_at, c.updated_at,
               coalesce((SELECT depth FROM messages WHERE id = c.current_message_id), 0) AS message_count, c.current_message_id,
               c.pinned, c.archived, c.role, c.membership_id, c.trashed_at,
               coalesce((SELECT CAST(<jsonArray>(tag) AS TEXT)
                           FROM (SELECT tag
                                   FROM conversation_tags
                                  WHERE conversation_id = c.id AND user_id = :userId
                                  ORDER BY position) mine), '[]') AS tags
        """;

    /** What {@link #COLUMNS} are made of. */
    String STORED = """
                       c.id, c.user_id, c.title, c.model_name, c.system_prompt, c.created_at, c.updated_at, c.current_message_id,
                       c.trashed_at,
        """;

    /** The user's own conversations. */
    String OWN = "SELECT " + STORED + " c.pinned, c.archived, CAST('owner' AS TEXT) AS role,"
            + " CAST(NULL AS BIGINT) AS membership_id FROM conversations c ";

    /** Those that the user is a member of, by {@link AccessDao#MEMBERSHIP}. */
    String JOINED = "SELECT " + STORED + " x.pinned, x.archived, x.role, x.id AS membership_id FROM " + AccessDao.MEMBERSHIP;

    /** Which conversations {@code c} a list is about, besides those that are in the archive, or pinned, or not. */
    String FILTER = """
                   AND (:updatedAfter IS NULL OR c.updated_at >= :updatedAfter)
                   AND (:updatedBefore IS NULL OR c.updated_at < :updatedBefore)
                   AND (:modelName IS NULL OR c.model_name = :modelName)
                   AND (:tag IS NULL OR c.id IN (SELECT conversation_id FROM conversation_tags WHERE user_id = :userId AND tag = :tag))
                   AND (:favorite IS NULL OR :favorite = (c.id IN (
                           SELECT m.conversation_id
                             FROM favorites f
                             JOIN messages m ON m.id = f.message_id
                            WHERE f.user_id = :userId AND m.deleted_at IS NULL)))
                   AND (:shared IS NULL OR :shared = (c.id IN (
                           SELECT conversation_id
                             FROM shares
                            WHERE user_id = :userId AND (expires_at IS NULL OR expires_at > :now))))
                   AND (:search IS NULL OR <instr>(c.title_folded, :search) > 0)
        """;

    String OF_OWN = " WHERE " + AccessDao.OWNS + " AND c.archived = :archived AND (:pinned IS NULL OR c.pinned = :pinned) " + FILTER;
    String OF_JOINED =
            " WHERE x.user_id = :userId AND x.archived = :archived AND (:pinned IS NULL OR x.pinned = :pinned) " + FILTER;

    /** As {@link #OF_OWN}, of a list that is of all that are not in the archive. */
    String OF_CURRENT = " WHERE " + AccessDao.OWNS + " AND c.archived = FALSE ";

    /** The messages are counted and the tags are read of the conversations on the page alone, however many come before it. */
    String PAGE = """
                 ORDER BY pinned DESC, updated_at DESC, id DESC
                 LIMIT :limit OFFSET :offset) c""";

    /** Whether the user is a member of any conversation; most are of none, and their lists are read without a look at others. */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM conversation_members WHERE user_id = :userId)")
    boolean hasJoined(long userId);

    /** No more is read of the user's own than may be on the page or before it. */
    @SqlQuery("SELECT " + COLUMNS + " FROM (SELECT * FROM (" + OWN + OF_OWN
            + " ORDER BY c.pinned DESC, c.updated_at DESC, c.id DESC LIMIT :limit + :offset) own UNION ALL " + JOINED + OF_JOINED + PAGE)
    List<Conversation> list(long userId, @BindMethods ConversationFilter filter, int limit, long offset);

    /** As {@link #list}, of somebody who is a member of none. */
    @SqlQuery("SELECT " + COLUMNS + " FROM (" + OWN + OF_OWN + PAGE)
    List<Conversation> listOwn(long userId, @BindMethods ConversationFilter filter, int limit, long offset);

    /** As {@link #listOwn}, all that are not in the archive: the list that is asked for most, of a statement that is soon compiled. */
    @SqlQuery("SELECT " + COLUMNS + " FROM (" + OWN + OF_CURRENT + PAGE)
    List<Conversation> listCurrent(long userId, int limit, long offset);

    @SqlQuery("SELECT COUNT(*) FROM conversations c " + OF_CURRENT)
    long countCurrent(long userId);

    @SqlQuery("SELECT (SELECT COUNT(*) FROM conversations c " + OF_OWN + ") + (SELECT COUNT(*) FROM " + AccessDao.MEMBERSHIP
            + OF_JOINED + ")")
    long count(long userId, @BindMethods ConversationFilter filter);

    /** The conversation, if the user owns it or is a member of it. */
    @SqlQuery("SELECT " + COLUMNS + """
          FROM (SELECT
""" + STORED + """
                       coalesce(m.pinned, c.pinned) AS pinned, coalesce(m.archived, c.archived) AS archived,
                       coalesce(m.role, 'owner') AS role, m.id AS membership_id
                  FROM conversations c
                  LEFT JOIN conversation_members m ON m.conversation_id = c.id AND m.user_id = :userId
                 WHERE c.id = :id AND
""" + AccessDao.MAY_READ + ") c")
    Optional<Conversation> find(long id, long userId);

    /** @param titleFolded the title as {@link ollamaweb.json.Texts#fold} folds it */
    @SqlQuery("""
        INSERT INTO conversations (user_id, title, title_folded, model_name, system_prompt, created_at, updated_at)
        VALUES (:userId, :title, :titleFolded, :modelName, :systemPrompt, :createdAt, :updatedAt)
        RETURNING id""")
    long insert(long userId, String title, String titleFolded, String modelName, String systemPrompt,
            Instant createdAt, Instant updatedAt);

    /** Unless the user may not write in it. */
    @SqlUpdate("""
        UPDATE conversations AS c
           SET title = :title, title_folded = :titleFolded, model_name = :modelName, system_prompt = :systemPrompt,
               updated_at = :now
         WHERE c.id = :id AND""" + " " + AccessDao.MAY_WRITE)
    boolean update(long id, long userId, String title, String titleFolded, String modelName, String systemPrompt, Instant now);

    @SqlUpdate("UPDATE conversations SET updated_at = :now WHERE id = :id")
    boolean touch(long id, Instant now);

    /** From now on the path leads to this message of the conversation; to none, when it is null. */
    @SqlUpdate("UPDATE conversations SET current_message_id = :messageId WHERE id = :id")
    void follow(long id, Long messageId);

    @SqlUpdate("UPDATE conversations SET title = :title, title_folded = :titleFolded WHERE id = :id")
    boolean retitle(long id, String title, String titleFolded);

    /** The conversation is gone for everybody; its rows are deleted later, in steps. */
    @SqlUpdate("UPDATE conversations SET user_id = NULL WHERE id = :id AND user_id = :userId AND trashed_at IS NULL")
    boolean delete(long id, long userId);
}
