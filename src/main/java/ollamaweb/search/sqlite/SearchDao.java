package ollamaweb.search.sqlite;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import ollamaweb.search.SearchFilter;

/**
 * Reads the index that {@link SearchIndexer} keeps. A gram is three characters in a row; which
 * entries are meant is told by the first and the last position. The joins are CROSS to keep their order.
 */
@RegisterConstructorMapper(Candidate.class)
interface SearchDao {

    /** What of the filter is asked of the database; the times are in the positions. */
    String WRITTEN_BY = """
           AND (:role IS NULL OR m.role = :role)
           AND (:modelName IS NULL OR coalesce(m.model_name, c.model_name) = :modelName)
        """;

    String FILTER = WRITTEN_BY + """
           AND (:tag IS NULL OR c.id IN (SELECT conversation_id FROM conversation_tags WHERE user_id = :userId AND tag = :tag))
        """;

    /**
     * Leaves out what cannot be meant before it is read whole: most texts are ASCII, in which SQLite finds what is ASCII itself. A
     * BLOB is a compressed text.
     */
    String LIKELY = """
           AND (typeof(m.content) = 'blob' OR m.content LIKE :like ESCAPE '\\'
                OR octet_length(m.content) > length(m.content))
        """;

    String CANDIDATE = "SELECT e.position, e.moment, m.id AS message_id, m.conversation_id, m.role, m.content";

    String OF_ENTRY = """
         CROSS JOIN search_entries e ON e.position = g.rowid
         CROSS JOIN messages m ON m.id = e.message_id
         CROSS JOIN conversations c ON c.id = m.conversation_id
        """;

    String OWN = """
           AND c.user_id = :userId AND c.trashed_at IS NULL AND m.deleted_at IS NULL
           AND (:conversationId IS NULL OR m.conversation_id = :conversationId)
        """;

    /** The entries from the highest position down whose text has the grams that the FTS5 expression asks for. */
    @SqlQuery(CANDIDATE + " FROM search_grams g" + OF_ENTRY + " WHERE g.search_grams MATCH :grams AND g.rowid BETWEEN :first AND :last"
            + LIKELY + OWN + FILTER + " ORDER BY g.rowid DESC")
    Stream<Candidate> withGrams(String grams, String like, long userId, Long conversationId, @BindMethods SearchFilter filter, long first,
            long last);

    /** As {@link #withGrams}, for wide grams. */
    @SqlQuery(CANDIDATE + " FROM search_wide_grams g" + OF_ENTRY
            + " WHERE g.search_wide_grams MATCH :grams AND g.rowid BETWEEN :first AND :last" + LIKELY + OWN + FILTER
            + " ORDER BY g.rowid DESC")
    Stream<Candidate> withWideGrams(String grams, String like, long userId, Long conversationId, @BindMethods SearchFilter filter,
            long first, long last);

    /**
     * The entries from the highest position down.
     *
     * @param literal what the content has in it, letter by letter; null for anything
     */
    @SqlQuery(CANDIDATE + """

          FROM search_entries e
         CROSS JOIN messages m ON m.id = e.message_id
         CROSS JOIN conversations c ON c.id = m.conversation_id
         WHERE e.position BETWEEN :first AND :last
           AND (:literal IS NULL OR instr(CASE typeof(m.content) WHEN 'blob' THEN plain_text(m.content) ELSE m.content END, :literal) > 0)
        """ + OWN + FILTER + " ORDER BY e.position DESC")
    Stream<Candidate> all(String literal, long userId, Long conversationId, @BindMethods SearchFilter filter, long first, long last);

    /** The entries of one conversation from the highest position down. */
    @SqlQuery(CANDIDATE + """

          FROM messages m
         CROSS JOIN search_entries e ON e.message_id = m.id
         CROSS JOIN conversations c ON c.id = m.conversation_id
         WHERE m.conversation_id = :conversationId AND c.user_id = :userId AND c.trashed_at IS NULL AND m.deleted_at IS NULL
        """ + LIKELY + FILTER + " ORDER BY e.position DESC")
    Stream<Candidate> inConversation(long conversationId, long userId, String like, @BindMethods SearchFilter filter);

    /**
     * The entries of several conversations, in no order; the tag is not looked at.
     *
     * @param ids a JSON array of the conversations
     */
    @SqlQuery(CANDIDATE + """

          FROM json_each(:ids) wanted
         CROSS JOIN messages m ON m.conversation_id = wanted.value
         CROSS JOIN search_entries e ON e.message_id = m.id
         CROSS JOIN conversations c ON c.id = m.conversation_id
         WHERE c.trashed_at IS NULL AND m.deleted_at IS NULL
        """ + LIKELY + WRITTEN_BY)
    Stream<Candidate> inConversations(String ids, String like, @BindMethods SearchFilter filter);

    /** How many messages a conversation has, on whatever path. */
    @SqlQuery("SELECT COUNT(*) FROM messages WHERE conversation_id = :conversationId")
    long count(long conversationId);

    /** How far back the newest entries reach: the position of the {@code nth}, or 0 when there are fewer. */
    @SqlQuery("""
        SELECT coalesce((SELECT position
                           FROM search_entries
                          WHERE position BETWEEN :first AND :last
                          ORDER BY position DESC
                          LIMIT 1 OFFSET :nth - 1), 0)""")
    long nth(long first, long last, int nth);

    /** How far back the newest entries with a gram reach: the position of the {@code nth}, or 0 when there are fewer. */
    @SqlQuery("""
        SELECT coalesce((SELECT rowid
                           FROM search_grams
                          WHERE search_grams MATCH :gram AND rowid BETWEEN :first AND :last
                          ORDER BY rowid DESC
                          LIMIT 1 OFFSET :nth - 1), 0)""")
    long reach(String gram, long first, long last, int nth);

    /** As {@link #reach}, for wide grams. */
    @SqlQuery("""
        SELECT coalesce((SELECT rowid
                           FROM search_wide_grams
                          WHERE search_wide_grams MATCH :gram AND rowid BETWEEN :first AND :last
                          ORDER BY rowid DESC
                          LIMIT 1 OFFSET :nth - 1), 0)""")
    long wideReach(String gram, long first, long last, int nth);

    /** The position up to which entries have no wide grams; none where all have. */
    @SqlQuery("SELECT position FROM search_wide_grams_due")
    Optional<Long> findDue();

    /** The grams from one on and before another, whoever's they are; each is one step in the index. */
    @SqlQuery("""
        WITH RECURSIVE grams (gram) AS (
            SELECT (SELECT term FROM search_vocabulary WHERE term >= :from LIMIT 1)
             UNION ALL
            SELECT (SELECT term FROM search_vocabulary WHERE term >= gram || char(1) LIMIT 1) FROM grams WHERE gram < :to)
        SELECT gram FROM grams WHERE gram >= :from AND gram < :to LIMIT :most""")
    List<String> gramsBetween(String from, String to, int most);
}
