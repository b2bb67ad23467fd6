package ollamaweb.usage;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What answers cost, one by one, and summed. */
@RegisterConstructorMapper(UsageSum.class)
public interface UsageDao {

    /** What a sum is of, and what it is called. */
    String GROUPS = """
        SELECT CASE :groupBy
                    WHEN 'day' THEN day
                    WHEN 'model' THEN model_name
                    WHEN 'key' THEN CAST(key_id AS TEXT)
                    WHEN 'conversation' THEN CAST(conversation_id AS TEXT)
                    ELSE CAST(user_id AS TEXT) END AS name,
               COUNT(*) AS answers,
               CAST(coalesce(SUM(prompt_tokens), 0) AS BIGINT) AS prompt_tokens,
               CAST(coalesce(SUM(answer_tokens), 0) AS BIGINT) AS answer_tokens,
               CAST(coalesce(SUM(first_token_ms), 0) AS BIGINT) AS first_token_ms,
               CAST(coalesce(SUM(duration_ms), 0) AS BIGINT) AS duration_ms
          FROM answer_usage
        """;

    /** Days come from the newest on, all else by how much was written. */
    String SORTED = """
         GROUP BY 1
         ORDER BY CASE :groupBy WHEN 'day' THEN MAX(day) END DESC, 4 DESC, 3 DESC, MAX(id) DESC
         LIMIT :limit OFFSET :offset
        """;

    /** Nothing is kept of an account that is gone. */
    @SqlUpdate("""
        INSERT INTO answer_usage (user_id, key_id, conversation_id, model_name, day, ended_at, prompt_tokens, answer_tokens,
                                  first_token_ms, duration_ms, ending)
        SELECT id, :keyId, :conversationId, :modelName, :day, :endedAt, :promptTokens, :answerTokens, :firstTokenMs, :durationMs, :ending
          FROM users
         WHERE id = :userId""")
    void insert(@BindMethods AnswerUsage usage);

    /** As {@link #insert}, of an answer that nobody could measure to its end. */
    @SqlUpdate("""
        INSERT INTO answer_usage (user_id, conversation_id, model_name, day, ended_at, prompt_tokens, answer_tokens, duration_ms, ending)
        SELECT u.id, c.id, coalesce(m.model_name, c.model_name), :day, :now, m.prompt_tokens, m.tokens_used, m.duration_ms, m.status
          FROM messages m
          JOIN conversations c ON c.id = m.conversation_id
          JOIN users u ON u.id = coalesce(m.author_id, c.user_id)
         WHERE m.id = :messageId""")
    void insertUnmeasured(long messageId, String day, Instant now);

    /** @param from the first moment that counts, and {@code to} the first one that does not any more */
    @SqlQuery(GROUPS + " WHERE user_id = :userId AND ended_at >= :from AND ended_at < :to " + SORTED)
    List<UsageSum> list(long userId, String groupBy, Instant from, Instant to, int limit, long offset);

    /** As {@link #list}, of all accounts. */
    @SqlQuery(GROUPS + " WHERE ended_at >= :from AND ended_at < :to " + SORTED)
    List<UsageSum> listAll(String groupBy, Instant from, Instant to, int limit, long offset);
}
