package ollamaweb.purge;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Conversations, files and accounts that nobody sees any more, and their rows, a few at a time. */
interface PurgeDao {

    @SqlQuery("""
        SELECT id
          FROM conversations
         WHERE user_id IS NULL AND id NOT IN (SELECT conversation_id FROM conversation_imports)
         LIMIT 1""")
    Optional<Long> findConversation();

    /** The newest first: what came later may hang on what was there before. */
    @SqlUpdate("""
        DELETE FROM messages
         WHERE id = (SELECT MAX(id) FROM messages WHERE conversation_id = :conversationId)""")
    boolean deleteMessage(long conversationId);

    @SqlUpdate("DELETE FROM conversations WHERE id = :id AND user_id IS NULL")
    boolean deleteConversation(long id);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM conversations WHERE trashed_at < :before AND user_id IS NOT NULL)")
    boolean hasTrashed(Instant before);

    /** Conversations that were thrown away before some moment have no owner from now on. */
    @SqlUpdate("""
        UPDATE conversations
           SET user_id = NULL
         WHERE id IN (SELECT id FROM conversations WHERE trashed_at < :before AND user_id IS NOT NULL LIMIT :limit)""")
    int disownTrashed(Instant before, int limit);

    @SqlQuery("SELECT id FROM users WHERE deleted_at IS NOT NULL ORDER BY id LIMIT 1")
    Optional<Long> findUser();

    @SqlUpdate("""
        UPDATE conversations
           SET user_id = NULL
         WHERE id IN (SELECT id FROM conversations WHERE user_id = :userId LIMIT :limit)""")
    int disownConversations(long userId, int limit);

    /** Makes sub-tasks tasks of their own, so that deleting one never takes thousands along. */
    @SqlUpdate("""
        UPDATE tasks
           SET parent_id = NULL
         WHERE id IN (SELECT id FROM tasks WHERE user_id = :userId AND parent_id IS NOT NULL LIMIT :limit)""")
    int detachTasks(long userId, int limit);

    @SqlUpdate("DELETE FROM tasks WHERE id IN (SELECT id FROM tasks WHERE user_id = :userId LIMIT :limit)")
    int deleteTasks(long userId, int limit);

    @SqlUpdate("DELETE FROM goals WHERE id IN (SELECT id FROM goals WHERE user_id = :userId LIMIT :limit)")
    int deleteGoals(long userId, int limit);

    @SqlUpdate("DELETE FROM insights WHERE id IN (SELECT id FROM insights WHERE user_id = :userId LIMIT :limit)")
    int deleteInsights(long userId, int limit);

    @SqlUpdate("DELETE FROM prompts WHERE id IN (SELECT id FROM prompts WHERE user_id = :userId LIMIT :limit)")
    int deletePrompts(long userId, int limit);

    @SqlUpdate("DELETE FROM settings WHERE id IN (SELECT id FROM settings WHERE user_id = :userId LIMIT :limit)")
    int deleteSettings(long userId, int limit);

    @SqlUpdate("DELETE FROM answer_usage WHERE id IN (SELECT id FROM answer_usage WHERE user_id = :userId LIMIT :limit)")
    int deleteUsage(long userId, int limit);

    @SqlUpdate("""
        UPDATE files
           SET user_id = NULL
         WHERE id IN (SELECT id FROM files WHERE user_id = :userId LIMIT :limit)""")
    int disownFiles(long userId, int limit);

    /** Whoever reads one of them notices before the next conversation. */
    @SqlUpdate("UPDATE imports SET user_id = NULL, status = 'cancelled' WHERE user_id = :userId")
    int disownImports(long userId);

    @SqlUpdate("""
        DELETE FROM import_origins
         WHERE user_id = :userId AND conversation_id IN (
             SELECT conversation_id FROM import_origins WHERE user_id = :userId LIMIT :limit)""")
    int deleteOrigins(long userId, int limit);

    /** An import that is at its end, and whose file may still be here. */
    @SqlQuery("SELECT id FROM imports WHERE has_pieces AND finished_at IS NOT NULL LIMIT 1")
    Optional<Long> findReadImport();

    @SqlUpdate("""
        DELETE FROM import_pieces
         WHERE import_id = :id AND number = (SELECT MAX(number) FROM import_pieces WHERE import_id = :id)""")
    boolean deleteImportPiece(long id);

    @SqlUpdate("UPDATE imports SET has_pieces = FALSE WHERE id = :id")
    boolean hasNoPieces(long id);

    /** An import that nobody has any more, or that ended before some moment. */
    @SqlQuery("""
        SELECT coalesce((SELECT MIN(id) FROM imports WHERE user_id IS NULL),
                        (SELECT id FROM imports WHERE finished_at < :before ORDER BY finished_at LIMIT 1)) AS id""")
    Optional<Long> findOldImport(Instant before);

    @SqlUpdate("""
        DELETE FROM import_items
         WHERE import_id = :id AND number IN (SELECT number FROM import_items WHERE import_id = :id LIMIT :limit)""")
    int deleteImportItems(long id, int limit);

    @SqlUpdate("DELETE FROM imports WHERE id = :id")
    boolean deleteImport(long id);

    /** A file that is being deleted. */
    @SqlQuery("SELECT id FROM files WHERE user_id IS NULL AND server_id IS NULL LIMIT 1")
    Optional<Long> findFile();

    @SqlUpdate("""
        DELETE FROM file_pieces
         WHERE file_id = :fileId AND number = (SELECT MAX(number) FROM file_pieces WHERE file_id = :fileId)""")
    boolean deletePiece(long fileId);

    @SqlUpdate("DELETE FROM files WHERE id = :id AND user_id IS NULL")
    boolean deleteFile(long id);

    /** A file that no message has, and that came in before some moment. */
    @SqlQuery("""
        SELECT id
          FROM files
         WHERE NOT used AND uploaded_at < :before AND user_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM message_files WHERE file_id = files.id)
         LIMIT 1""")
    Optional<Long> findUnused(Instant before);

    /** Unless it has come in again since, or a message has it now. */
    @SqlUpdate("""
        UPDATE files
           SET user_id = NULL
         WHERE id = :id AND uploaded_at < :before AND NOT EXISTS (SELECT 1 FROM message_files WHERE file_id = :id)""")
    boolean disownUnused(long id, Instant before);

    /** Files of which a server that is gone left a part. */
    @SqlUpdate("""
        UPDATE files
           SET server_id = NULL
         WHERE server_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = files.server_id)""")
    int abandonFiles();

    @SqlUpdate("DELETE FROM users WHERE id = :id AND deleted_at IS NOT NULL")
    boolean deleteUser(long id);

    /** Imports of which a server that is gone left a part. */
    @SqlUpdate("""
        DELETE FROM conversation_imports
         WHERE NOT EXISTS (SELECT 1 FROM servers WHERE servers.id = conversation_imports.server_id)""")
    int deleteAbandonedImports();
}
