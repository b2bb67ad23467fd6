package ollamaweb.imports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ollamaweb.messages.NewMessage;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where conversations and their messages came from. */
@RegisterConstructorMapper(OriginDao.Origin.class)
@RegisterConstructorMapper(OriginDao.KnownMessage.class)
@RegisterConstructorMapper(OriginDao.Own.class)
interface OriginDao {

    /**
     * A conversation that came from a source, as it was the last time.
     *
     * @param title    as the source had it
     * @param importId the import that has written it
     * @param result   what that import told of it
     * @param trashed  whether it is in the trash
     */
    record Origin(long conversationId, String contentHash, String title, long importId, String result, boolean trashed) {}

    /** @param messageId null once it was deleted here */
    record KnownMessage(String sourceKey, Long messageId, String contentHash) {}

    /** The conversation, unless it was deleted here. */
    @SqlQuery("""
        SELECT o.conversation_id, o.content_hash, o.title, o.import_id, o.result, c.trashed_at IS NOT NULL AS trashed
          FROM import_origins o
          JOIN conversations c ON c.id = o.conversation_id
         WHERE o.user_id = :userId AND o.source = :source AND o.source_key = :key AND c.user_id = :userId""")
    Optional<Origin> find(long userId, String source, String key);

    /** When a conversation of the account was made, and whether it is in the trash. */
    record Own(Instant createdAt, boolean trashed) {}

    @SqlQuery("SELECT created_at, trashed_at IS NOT NULL AS trashed FROM conversations WHERE id = :id AND user_id = :userId")
    Optional<Own> findOwn(long id, long userId);

    @SqlQuery("SELECT id FROM messages WHERE conversation_id = :conversationId AND deleted_at IS NULL")
    List<Long> ownMessages(long conversationId);

    /** A message that never left is as if it had come from there. */
    @SqlUpdate("""
        INSERT INTO import_origin_messages (conversation_id, source_key, message_id, content_hash)
        VALUES (:conversationId, :key, :messageId, :contentHash)
            ON CONFLICT DO NOTHING""")
    void addOwn(long conversationId, String key, long messageId, String contentHash);

    @SqlUpdate("""
        INSERT INTO import_origins (user_id, source, source_key, conversation_id, content_hash, title, import_id, result)
        VALUES (:userId, :source, :key, :conversationId, :contentHash, :title, :importId, :result)
            ON CONFLICT (user_id, source, source_key) DO UPDATE
           SET conversation_id = excluded.conversation_id, content_hash = excluded.content_hash, title = excluded.title,
               import_id = excluded.import_id, result = excluded.result""")
    void put(long userId, String source, String key, long conversationId, String contentHash, String title, long importId,
            String result);

    @SqlQuery("""
        SELECT o.source_key, m.id AS message_id, o.content_hash
          FROM import_origin_messages o
          LEFT JOIN messages m ON m.id = o.message_id AND m.deleted_at IS NULL
         WHERE o.conversation_id = :conversationId""")
    List<KnownMessage> messages(long conversationId);

    @SqlUpdate("""
        INSERT INTO import_origin_messages (conversation_id, source_key, message_id, content_hash)
        VALUES (:conversationId, :key, :messageId, :contentHash)""")
    void addMessage(long conversationId, String key, long messageId, String contentHash);

    @SqlUpdate("""
        UPDATE import_origin_messages
           SET content_hash = :contentHash
         WHERE conversation_id = :conversationId AND source_key = :key""")
    void changeMessage(long conversationId, String key, String contentHash);

    /** What a source says now of how a conversation is set up. */
    @SqlUpdate("UPDATE conversations SET model_name = :modelName, system_prompt = :systemPrompt WHERE id = :id")
    void setUp(long id, String modelName, String systemPrompt);

    /** What a source says now of a message that was brought in before. */
    @SqlUpdate("""
        UPDATE messages
           SET content = :content, thinking = :thinking, model_name = :modelName, tool_calls = :toolCalls, tool_name = :toolName,
               status = :status, error = :error, done_reason = :doneReason
         WHERE id = :id AND conversation_id = :conversationId AND status <> 'streaming'""")
    void rewrite(long id, @BindMethods NewMessage message);
}
