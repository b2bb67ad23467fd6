package ollamaweb.search.postgresql;

import java.time.Instant;
import java.util.List;
import ollamaweb.search.SearchFilter;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The folded texts of messages, and the queue of those that are not there yet; {@code 012_work_in_steps.sql} tells of both. */
@RegisterConstructorMapper(SearchDao.Found.class)
@RegisterConstructorMapper(SearchDao.Waiting.class)
interface SearchDao {

    /** A message that has the text. */
    record Found(long messageId, long conversationId, String role, String content, Instant createdAt) {}

    /**
     * A message that waits for the index.
     *
     * @param userId whose it is; null: nobody's any more
     * @param part   which part of the text comes next, from 0
     * @param length of the whole text, in characters
     */
    record Waiting(long messageId, Long userId, int part, int length, boolean streaming, Instant createdAt, String text) {}

    /**
     * A text, or a part of one, as it is compared.
     *
     * @param grams {@link TextGrams} of it
     */
    record Folded(long messageId, int part, long userId, Instant createdAt, String text, String grams) {}

    /** What is shown of messages {@code m}, of conversations {@code c}. */
    String FOUND = """
        SELECT m.id AS message_id, m.conversation_id, m.role, m.content, m.created_at
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id AND c.trashed_at IS NULL
        """;

    /** {@code others}: further texts that have to be in a message, with {@code U+0001} between them; null for none. */
    String SAID_BY = """
           AND m.deleted_at IS NULL
           AND (:role IS NULL OR m.role = :role)
           AND (:modelName IS NULL OR coalesce(m.model_name, c.model_name) = :modelName)
           AND (:after IS NULL OR m.created_at >= :after)
           AND (:before IS NULL OR m.created_at < :before)
           AND (:moment IS NULL OR (m.created_at, m.id) < (:moment, :messageId))
           AND (:others IS NULL OR NOT EXISTS (
                   SELECT 1
                     FROM unnest(string_to_array(:others, chr(1))) AS other
                    WHERE NOT EXISTS (SELECT 1 FROM search_texts o WHERE o.message_id = m.id AND strpos(o.text, other) > 0)))
        """;

    String FILTER = SAID_BY + """
           AND c.user_id = :userId
           AND (:tag IS NULL OR c.id IN (SELECT conversation_id FROM conversation_tags WHERE user_id = :userId AND tag = :tag))
        """;

    /** Messages among the {@code hits}. */
    String HITS = """
        SELECT m.id AS message_id, m.conversation_id, m.role, m.content, m.created_at
          FROM (SELECT created_at, message_id FROM hits ORDER BY created_at DESC, message_id DESC) newest
          JOIN messages m ON m.id = newest.message_id
          JOIN conversations c ON c.id = m.conversation_id AND c.trashed_at IS NULL
         WHERE newest.created_at <= :until
        """;

    String NEWEST_HITS_FIRST = " ORDER BY newest.created_at DESC, newest.message_id DESC LIMIT :limit";

    String OF_HITS = HITS + FILTER + NEWEST_HITS_FIRST;

    String NEWEST_FIRST = " ORDER BY m.created_at DESC, m.id DESC LIMIT :limit";

    /**
     * Those of some conversations; the tag is not looked at.
     *
     * @param ids of the conversations, in PostgreSQL's notation for arrays
     */
    @SqlQuery("""
        WITH hits AS MATERIALIZED (
            SELECT DISTINCT s.created_at, s.message_id
              FROM messages said
              JOIN search_texts s ON s.message_id = said.id
             WHERE said.conversation_id = ANY(CAST(:ids AS BIGINT[])) AND strpos(s.text, :folded) > 0
                   AND (:grams IS NULL OR s.grams @> CAST(:grams AS INTEGER[]) OR s.grams @> ARRAY[0]))
        """ + HITS + SAID_BY + NEWEST_HITS_FIRST)
    List<Found> inConversations(String ids, String folded, String grams, String others, @BindMethods SearchFilter filter, int limit);

    /** Those among the newest texts of the user that are not newer than a moment. */
    @SqlQuery(FOUND + """
         WHERE m.id IN (SELECT message_id
                          FROM (SELECT message_id, text, grams
                                  FROM search_texts
                                 WHERE user_id = :userId AND created_at <= :until
                                 ORDER BY created_at DESC, message_id DESC
                                 LIMIT :most) newest
                         WHERE strpos(text, :folded) > 0
                               AND (:grams IS NULL OR grams @> CAST(:grams AS INTEGER[]) OR grams @> ARRAY[0]))
        """ + FILTER + NEWEST_FIRST)
    List<Found> amongNewest(long userId, String folded, String grams, String others, @BindMethods SearchFilter filter, int most, int limit);

    /** Those that the grams lead to ({@link TextGrams}), whenever they were written. */
    @SqlQuery("""
        WITH hits AS MATERIALIZED (
            SELECT DISTINCT created_at, message_id
              FROM search_texts
             WHERE user_id = :userId AND (grams @> CAST(:grams AS INTEGER[]) OR grams @> ARRAY[0]) AND strpos(text, :folded) > 0)
        """ + OF_HITS)
    List<Found> byWords(long userId, String grams, String folded, String others, @BindMethods SearchFilter filter, int limit);

    /** Whether there are texts whose grams are not made yet. */
    @SqlQuery("SELECT EXISTS (SELECT 1 FROM search_texts WHERE grams IS NULL)")
    boolean anyWithoutGrams();

    /** Whether there is a text with this among the newest of the user that are not newer than a moment. */
    @SqlQuery("""
        SELECT EXISTS (SELECT 1
                         FROM (SELECT text
                                 FROM search_texts
                                WHERE user_id = :userId AND created_at <= :until
                                ORDER BY created_at DESC, message_id DESC
                                LIMIT :most) newest
                        WHERE strpos(text, :part) > 0)""")
    boolean isAmongNewest(long userId, String part, Instant until, int most);

    /** How many texts the user has that are not newer than a moment; no more than so many are counted. */
    @SqlQuery("SELECT COUNT(*) FROM (SELECT 1 FROM search_texts WHERE user_id = :userId AND created_at <= :until LIMIT :most) texts")
    int count(long userId, Instant until, int most);

    /** Those that the trigrams of the pattern lead to, whenever they were written. */
    @SqlQuery("""
        WITH hits AS MATERIALIZED (
            SELECT DISTINCT created_at, message_id
              FROM search_texts
             WHERE user_id = :userId AND text LIKE :pattern)
        """ + OF_HITS)
    List<Found> byTrigrams(long userId, String pattern, String others, @BindMethods SearchFilter filter, int limit);

    /**
     * Those that single characters, or pairs of neighbours, lead to, whenever they were written.
     *
     * @param grams of the folded text, with {@code U+0001} between them
     */
    @SqlQuery("""
        WITH hits AS MATERIALIZED (
            SELECT DISTINCT created_at, message_id
              FROM search_texts
             WHERE user_id = :userId AND search_grams(text) @> string_to_array(:grams, chr(1))
                   AND strpos(text, :folded) > 0)
        """ + OF_HITS)
    List<Found> byGrams(long userId, String grams, String folded, String others, @BindMethods SearchFilter filter, int limit);

    /** What is searched differs too much for one plan, which the database would settle on after some searches. */
    @SqlQuery("SELECT set_config('plan_cache_mode', 'force_custom_plan', TRUE)")
    String planEachSearch();

    @SqlQuery("SELECT EXISTS (SELECT 1 FROM search_queue)")
    boolean anythingWaits();

    /** What waits longest, taken for this transaction; what another server has taken is left to it. */
    @SqlQuery("""
        SELECT q.message_id, c.user_id, q.part, length(m.content) AS length, m.status = 'streaming' AS streaming, m.created_at,
               substr(m.content, q.part * :partSize + 1, :partSize + :overlap) AS text
          FROM (SELECT message_id, part FROM search_queue ORDER BY bulk, message_id LIMIT :limit FOR UPDATE SKIP LOCKED) q
          JOIN messages m ON m.id = q.message_id
          JOIN conversations c ON c.id = m.conversation_id""")
    List<Waiting> take(int limit, int partSize, int overlap);

    @SqlBatch(transactional = false, value = """
        INSERT INTO search_texts (message_id, part, user_id, created_at, text, grams)
        VALUES (:messageId, :part, :userId, :createdAt, :text, CAST(:grams AS INTEGER[]))
        ON CONFLICT (message_id, part) DO UPDATE
           SET user_id = excluded.user_id, created_at = excluded.created_at, text = excluded.text, grams = excluded.grams""")
    void put(@BindMethods List<Folded> texts);

    @SqlUpdate("UPDATE search_queue SET part = :part WHERE message_id = :messageId")
    void advance(long messageId, int part);

    @SqlBatch(transactional = false, value = "DELETE FROM search_queue WHERE message_id = :messageIds")
    void finish(List<Long> messageIds);
}
