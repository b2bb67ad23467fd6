package ollamaweb.conversations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterConstructorMapper(Conversation.class)
public interface ConversationDao {

    /**
     * The messages are counted of the conversations on the page alone, however many come before it.
     *
     * @param search a folded part of the title, or null for all
     */
    @SqlQuery("""
        SELECT id, user_id, title, model_name, system_prompt, created_at, updated_at,
               coalesce((SELECT depth FROM messages WHERE id = current_message_id), 0) AS message_count, current_message_id
          FROM (SELECT id, user_id, title, model_name, system_prompt, created_at, updated_at, current_message_id
                  FROM conversations
                 WHERE user_id = :userId AND trashed_at IS NULL AND (:search IS NULL OR <instr>(title_folded, :search) > 0)
                 ORDER BY updated_at DESC, id DESC
                 LIMIT :limit OFFSET :offset) page""")
    List<Conversation> list(long userId, String search, int limit, long offset);

    @SqlQuery("""
        SELECT COUNT(*)
          FROM conversations
         WHERE user_id = :userId AND trashed_at IS NULL AND (:search IS NULL OR <instr>(title_folded, :search) > 0)""")
    long count(long userId, String search);

    @SqlQuery("""
        SELECT id, user_id, title, model_name, system_prompt, created_at, updated_at,
               coalesce((SELECT depth FROM messages WHERE id = current_message_id), 0) AS message_count, current_message_id
          FROM conversations
         WHERE id = :id AND user_id = :userId AND trashed_at IS NULL""")
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
    @SqlUpdate("UPDATE conversations SET user_id = NULL WHERE id = :id AND user_id = :userId")
    boolean delete(long id, long userId);
}
