package ollamaweb.export.account;

import java.util.List;
import ollamaweb.files.StoredFile;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * What an account has that an export goes through, by ids, since these do not change meanwhile. The plus keeps the planner from
 * going through the things of everybody by their primary key.
 */
@RegisterConstructorMapper(StoredFile.class)
interface AccountDao {

    @SqlQuery("""
        SELECT id
          FROM conversations
         WHERE user_id = :userId AND trashed_at IS NULL AND +id > :after
         ORDER BY +id
         LIMIT :limit""")
    List<Long> conversations(long userId, long after, int limit);

    /** Files of messages that can be seen, those of them that are the user's own. */
    @SqlQuery("""
        SELECT f.id, f.name, f.media_type, f.size, f.sha256
          FROM files f
         WHERE f.user_id = :userId AND +f.id > :after
           AND EXISTS (SELECT 1
                         FROM message_files x
                         JOIN messages m ON m.id = x.message_id AND m.deleted_at IS NULL
                         JOIN conversations c ON c.id = m.conversation_id AND c.user_id = :userId AND c.trashed_at IS NULL
                        WHERE x.file_id = f.id)
         ORDER BY +f.id
         LIMIT :limit""")
    List<StoredFile> files(long userId, long after, int limit);

    /** Whether a file is somebody else's, who has sent it in a conversation of the user. */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM files WHERE id = :id AND user_id <> :userId)")
    boolean isOfAnother(long id, long userId);

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM files WHERE id = :id)")
    boolean hasFile(long id);
}
