package ollamaweb.search.sqlite;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The search index, and what it still has to take in or give up; {@code 012_work_in_steps.sql} tells of the tables. */
@RegisterConstructorMapper(IndexDao.Waiting.class)
@RegisterConstructorMapper(IndexDao.Piece.class)
@RegisterConstructorMapper(IndexDao.Removal.class)
@RegisterConstructorMapper(IndexDao.Narrow.class)
@RegisterConstructorMapper(IndexDao.Due.class)
interface IndexDao {

    /**
     * A message that waits for the index.
     *
     * @param indexed how many characters of it the index has
     * @param bytes   how long it is; 0 if it is gone
     */
    record Waiting(long messageId, int indexed, long bytes) {}

    /**
     * A text or a part of one.
     *
     * @param length of the whole text, in characters
     */
    record Piece(String text, int length) {}

    /**
     * The next piece of a text that the index must lose.
     *
     * @param removed where the piece begins, in characters
     * @param whole   whether the index has the end of the text
     * @param piece   null where the text is damaged
     */
    record Removal(long position, int removed, boolean whole, String piece, int length) {}

    /**
     * Up to where entries have no wide grams yet.
     *
     * @param indexed how many characters of the one at this position have theirs
     */
    record Due(long position, int indexed) {}

    /**
     * An entry without wide grams.
     *
     * @param bytes how long its text is
     */
    record Narrow(long position, long messageId, long bytes) {}

    @SqlQuery("""
        SELECT EXISTS (SELECT 1 FROM search_queue) OR EXISTS (SELECT 1 FROM search_removals)
            OR EXISTS (SELECT 1 FROM search_wide_grams_due)""")
    boolean anythingWaits();

    @SqlQuery("""
        SELECT q.message_id, q.indexed, coalesce(<contentBytes>, 0) AS bytes
          FROM (SELECT bulk, message_id, indexed FROM search_queue ORDER BY bulk, message_id LIMIT :limit) q
          LEFT JOIN messages m ON m.id = q.message_id
         ORDER BY q.bulk, q.message_id""")
    List<Waiting> listWaiting(int limit);

    @SqlQuery("""
        SELECT substr(text, :from + 1, :size) AS text, length(text) AS length
          FROM (SELECT CASE typeof(content) WHEN 'blob' THEN coalesce(readable_text(content), '') ELSE content END AS text
                  FROM messages
                 WHERE id = :messageId
                 LIMIT 1)""")
    Piece piece(long messageId, int from, int size);

    @SqlQuery("""
        SELECT position, removed, whole, substr(text, removed + 1, :size) AS piece, length(text) AS length
          FROM (SELECT position, removed, whole,
                       CASE typeof(content) WHEN 'blob' THEN substr(readable_text(content), 1, coalesce(characters, 0x7fffffff))
                            ELSE content END AS text
                  FROM search_removals
                 ORDER BY position
                 LIMIT 1)""")
    Optional<Removal> nextRemoval(int size);

    /** Gives the message its place; none if it has no owner, or is still being written. */
    @SqlUpdate("""
        INSERT INTO search_entries (position, message_id, moment)
        SELECT position, message_id, moment FROM search_positions WHERE message_id = :messageId""")
    boolean place(long messageId);

    @SqlQuery("SELECT position FROM search_entries WHERE message_id = :messageId")
    Optional<Long> findPosition(long messageId);

    @SqlUpdate("UPDATE search_queue SET indexed = :indexed WHERE message_id = :messageId")
    void advance(long messageId, int indexed);

    @SqlUpdate("DELETE FROM search_queue WHERE message_id = :messageId")
    void finish(long messageId);

    @SqlUpdate("UPDATE search_removals SET removed = :removed WHERE position = :position")
    void advanceRemoval(long position, int removed);

    @SqlUpdate("DELETE FROM search_removals WHERE position = :position")
    void finishRemoval(long position);

    /** Adds grams, and one to the number of texts. */
    @SqlUpdate("INSERT INTO search_grams (rowid, text) VALUES (:position, :text)")
    void addGrams(long position, String text);

    /** Takes grams away, and one from the number of texts. */
    @SqlUpdate("INSERT INTO search_grams (search_grams, rowid, text) VALUES ('delete', :position, :text)")
    void removeGrams(long position, String text);

    /** Adds wide grams, as {@link #addGrams}. */
    @SqlUpdate("INSERT INTO search_wide_grams (rowid, grams) VALUES (:position, :grams)")
    void addWideGrams(long position, String grams);

    /** Takes wide grams away, as {@link #removeGrams}. */
    @SqlUpdate("INSERT INTO search_wide_grams (search_wide_grams, rowid, grams) VALUES ('delete', :position, :grams)")
    void removeWideGrams(long position, String grams);

    @SqlQuery("SELECT position, indexed FROM search_wide_grams_due")
    Optional<Due> findDue();

    /** The newest entries that have no wide grams. */
    @SqlQuery("""
        SELECT e.position, e.message_id, coalesce(<contentBytes>, 0) AS bytes
          FROM search_entries e
          LEFT JOIN messages m ON m.id = e.message_id
         WHERE e.position <= :position
         ORDER BY e.position DESC
         LIMIT :limit""")
    List<Narrow> listNarrow(long position, int limit);

    @SqlUpdate("UPDATE search_wide_grams_due SET position = :position, indexed = :indexed")
    void advanceDue(long position, int indexed);

    @SqlUpdate("DELETE FROM search_wide_grams_due")
    void finishDue();

    /** Merges parts of the index where there are many, and stops after so many pages. */
    @SqlUpdate("INSERT INTO search_grams (search_grams, rank) VALUES ('merge', :pages)")
    void merge(int pages);

    /** As {@link #merge}, for the wide grams. */
    @SqlUpdate("INSERT INTO search_wide_grams (search_wide_grams, rank) VALUES ('merge', :pages)")
    void mergeWide(int pages);

    /** How many rows this connection has ever changed; a merge that changes fewer than two had nothing to do. */
    @SqlQuery("SELECT total_changes()")
    long changes();
}
