package ollamaweb.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Conversation.class)
public interface ConversationDao {

    /** What a list shows of a conversation {@code c}. */
    String COLUMNS = """
               c.id, c.user_id, c.title, c.model_name, c.system_prompt, c.created_at, c.updated_at,
               coalesce((SELECT depth FROM messages WHERE id = c.current_message_id), 0) AS message_count, c.current_message_id,
               c.pinned, c.archived, c.trashed_at,
               coalesce((SELECT CAST(<jsonArray>(tag) AS TEXT)
                           FROM (SELECT tag
                                   FROM conversation_tags
                                  WHERE conversation_id = c.id AND user_id = :userId
                                  ORDER BY position) mine), '[]') AS tags
        """;

    /** Which conversations a list is about. */
    String FILTER = """
                 WHERE user_id = :userId AND trashed_at IS NULL AND archived = :archived
                   AND (:pinned IS NULL OR pinned = :pinned)
                   AND (:updatedAfter IS NULL OR updated_at >= :updatedAfter)
                   AND (:updatedBefore IS NULL OR updated_at < :updatedBefore)
                   AND (:modelName IS NULL OR model_name = :modelName)
                   AND (:tag IS NULL OR id IN (SELECT conversation_id FROM conversation_tags WHERE user_id = :userId AND tag = :tag))
                   AND (:favorite IS NULL OR :favorite = (id IN (
                           SELECT m.conversation_id
                             FROM favorites f
                             JOIN messages m ON m.id = f.message_id
                            WHERE f.user_id = :userId AND m.deleted_at IS NULL)))
                   AND (:shared IS NULL OR :shared = (id IN (
                           SELECT conversation_id
                             FROM shares
                            WHERE user_id = :userId AND (expires_at IS NULL OR expires_at > :now))))
                   AND (:search IS NULL OR <instr>(title_folded, :search) > 0)
        """;

    /** The messages are counted and the tags are read of the conversations on the page alone, however many come before it. */
    String SELECTION = "SELECT " + COLUMNS + """
          FROM (SELECT id, user_id, title, model_name, system_prompt, created_at, updated_at, current_message_id, pinned, archived,
                       trashed_at
                  FROM conversations
        """;

    String PAGE = """
                 ORDER BY pinned DESC, updated_at DESC, id DESC
                 LIMIT :limit OFFSET :offset) c""";

    @SqlQuery(SELECTION + FILTER + PAGE)
    List<Conversation> list(long userId, @BindMethods ConversationFilter filter, int limit, long offset);

    /** As {@link #list}, all that are not in the archive: the list that is asked for most, of a statement that is soon compiled. */
    @SqlQuery(SELECTION + "WHERE user_id = :userId AND trashed_at IS NULL AND archived = FALSE " + PAGE)
    List<Conversation> listCurrent(long userId, int limit, long offset);

    @SqlQuery("SELECT COUNT(*) FROM conversations WHERE user_id = :userId AND trashed_at IS NULL AND archived = FALSE")
    long countCurrent(long userId);

    @SqlQuery("SELECT COUNT(*) FROM conversations " + FILTER)
    long count(long userId, @BindMethods ConversationFilter filter);

    @SqlQuery("SELECT " + COLUMNS + " FROM conversations c WHERE c.id = :id AND c.user_id = :userId AND c.trashed_at IS NULL")
    Optional<Conversation> find(long id, long userId);

    /** @param titleFolded the title as {@link ollamaweb.json.Texts#fold} folds it */
    @SqlQuery("""
        INSERT INTO conversations (user_id, title, title_folded, model_name, system_prompt, created_at, updated_at)
        VALUES (:userId, :title, :titleFolded, :modelName, :systemPrompt, :createdAt, :updatedAt)
        RETURNING id""")
    long insert(long userId, String title, String titleFolded, String modelName, String systemPrompt,
            Instant createdAt, Instant updatedAt);

    @SqlUpdate("""
        UPDATE conversations
           SET title = :title, title_folded = :titleFolded, model_name = :modelName, system_prompt = :systemPrompt,
               updated_at = :now
         WHERE id = :id AND user_id = :userId""")
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
