package ollamaweb.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SingleValue;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import ollamaweb.access.AccessDao;

/** Files, and which messages have them. One without an owner is being written or deleted; nobody sees it. */
@RegisterConstructorMapper(StoredFile.class)
public interface FileDao {

    /** The file, if it is the user's. */
    @SqlQuery("SELECT id, name, media_type, size, sha256 FROM files WHERE id = :id AND user_id = :userId")
    Optional<StoredFile> find(long id, long userId);

    /** The file, if it is the user's or a message has it that the user may see. */
    @SqlQuery("""
        SELECT f.id, f.name, f.media_type, f.size, f.sha256
          FROM files f
         WHERE f.id = :id AND (f.user_id = :userId OR f.user_id IS NOT NULL AND EXISTS (
                   SELECT 1
                     FROM message_files mf
                     JOIN messages m ON m.id = mf.message_id AND m.deleted_at IS NULL
                     JOIN conversations c ON c.id = m.conversation_id
                    WHERE mf.file_id = f.id AND
""" + AccessDao.MAY_READ + "))")
    Optional<StoredFile> findVisible(long id, long userId);

    /** Files of a message, in their order. */
    @SqlQuery("""
        SELECT f.id, f.name, f.media_type, f.size, f.sha256
          FROM message_files x
          JOIN files f ON f.id = x.file_id
         WHERE x.message_id = :messageId
         ORDER BY x.place""")
    List<StoredFile> listOfMessage(long messageId);

    /** Whether an image is among the files of some messages: those on the way to one, or to the end of the conversation's path. */
    @SqlQuery("""
        WITH RECURSIVE path (id, parent_id, number) AS (
            SELECT m.id, m.parent_id, 1
              FROM conversations c
              JOIN messages m ON m.conversation_id = c.id AND m.id = coalesce(CAST(:messageId AS BIGINT), c.current_message_id)
             WHERE c.id = :conversationId AND
""" + AccessDao.MAY_READ + """
             UNION ALL
            SELECT m.id, m.parent_id, path.number + 1
              FROM path JOIN messages m ON m.id = path.parent_id
             WHERE path.number < :limit)
        SELECT EXISTS (
            SELECT 1
              FROM path
              JOIN message_files x ON x.message_id = path.id
              JOIN files f ON f.id = x.file_id
             WHERE f.media_type <> 'text/plain')""")
    boolean hasImages(long conversationId, long userId, Long messageId, int limit);

    /** A piece of a file's bytes, from 0 on; null if there is none. */
    @SingleValue
    @SqlQuery("SELECT bytes FROM file_pieces WHERE file_id = :id AND number = :number")
    byte[] piece(long id, int number);

    /** How many bytes all files of the account have together. */
    @SqlQuery("SELECT CAST(coalesce(SUM(size), 0) AS BIGINT) FROM files WHERE user_id = :userId")
    long totalBytes(long userId);

    /** Finds a file by its hash, and keeps it for another day. */
    @SqlQuery("""
        UPDATE files
           SET uploaded_at = :now
         WHERE user_id = :userId AND sha256 = :sha256
        RETURNING id, name, media_type, size, sha256""")
    Optional<StoredFile> keepKnown(long userId, String sha256, Instant now);

    /** Keeps a file for another day; false if the user has no such file. */
    @SqlUpdate("UPDATE files SET uploaded_at = :now WHERE id = :id AND user_id = :userId")
    boolean keep(long id, long userId, Instant now);

    /** Begins a file that nobody sees until it is {@link #show}n. */
    @SqlQuery("""
        INSERT INTO files (server_id, name, media_type, size, sha256, uploaded_at)
        VALUES (:serverId, :name, :mediaType, :size, :sha256, :now)
        RETURNING id""")
    long begin(long serverId, String name, String mediaType, long size, String sha256, Instant now);

    @SqlUpdate("INSERT INTO file_pieces (file_id, number, bytes) VALUES (:id, :number, :bytes)")
    void addPiece(long id, int number, byte[] bytes);

    /** Gives a file to its owner; false if it was given up meanwhile, or the account is gone. */
    @SqlUpdate("""
        UPDATE files
           SET user_id = :userId, server_id = NULL
         WHERE id = :id AND server_id = :serverId AND EXISTS (SELECT 1 FROM users WHERE id = :userId AND deleted_at IS NULL)""")
    boolean show(long id, long userId, long serverId);

    /** Leaves what was written of a file to be deleted. */
    @SqlUpdate("UPDATE files SET server_id = NULL WHERE id = :id AND user_id IS NULL")
    void abandon(long id);

    /** Takes a file that no message has out of sight, to be deleted. */
    @SqlUpdate("""
        UPDATE files
           SET user_id = NULL
         WHERE id = :id AND user_id = :userId AND NOT EXISTS (SELECT 1 FROM message_files WHERE file_id = :id)""")
    boolean delete(long id, long userId);

    @SqlUpdate("INSERT INTO message_files (message_id, place, file_id) VALUES (:messageId, :place, :fileId)")
    void attach(long messageId, int place, long fileId);

    /** Gives a message the files of another one. */
    @SqlUpdate("""
        INSERT INTO message_files (message_id, place, file_id)
        SELECT :to, place, file_id FROM message_files WHERE message_id = :from""")
    void copy(long from, long to);
}
