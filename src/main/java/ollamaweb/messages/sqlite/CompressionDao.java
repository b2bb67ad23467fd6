package ollamaweb.messages.sqlite;

import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Texts that are long and not compressed yet; {@code 052_compressed_texts.sql} tells how they are kept. */
@RegisterConstructorMapper(CompressionDao.Texts.class)
interface CompressionDao {

    String LONG_CONTENT = "typeof(content) = 'text' AND length(CAST(content AS BLOB)) BETWEEN 2049 AND 8388608";
    String LONG_THINKING = "typeof(thinking) = 'text' AND length(CAST(thinking AS BLOB)) BETWEEN 2049 AND 8388608";

    /** The texts of a message as UTF-8; null are those that stay as they are. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Texts(long id, byte[] content, byte[] thinking) {

        int bytes() {
            return (content == null ? 0 : content.length) + (thinking == null ? 0 : thinking.length);
        }
    }

    /** None as long as the search index waits for texts, which it reads faster plain. Read one by one, only inside a transaction. */
    @SqlQuery("SELECT id, CASE WHEN " + LONG_CONTENT + " THEN CAST(content AS BLOB) END AS content, CASE WHEN "
            + LONG_THINKING + " THEN CAST(thinking AS BLOB) END AS thinking"
            + " FROM messages INDEXED BY idx_messages_uncompressed"
            + " WHERE status <> 'streaming' AND (" + LONG_CONTENT + " OR " + LONG_THINKING
            + ") AND NOT EXISTS (SELECT 1 FROM search_queue) ORDER BY id LIMIT :limit")
    ResultIterable<Texts> listDue(int limit);

    /** Unless the content is another by now, or may grow. */
    @SqlUpdate("""
        UPDATE messages
           SET content = :compressed
         WHERE id = :id AND status <> 'streaming' AND typeof(content) = 'text' AND CAST(content AS BLOB) = :plain""")
    void compressContent(long id, byte[] plain, byte[] compressed);

    /** As {@link #compressContent}, of what the model thought. */
    @SqlUpdate("""
        UPDATE messages
           SET thinking = :compressed
         WHERE id = :id AND status <> 'streaming' AND typeof(thinking) = 'text' AND CAST(thinking AS BLOB) = :plain""")
    void compressThinking(long id, byte[] plain, byte[] compressed);
}
