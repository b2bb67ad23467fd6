package ollamaweb.usage;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The sums of tokens, of accounts and of their keys, by the day in UTC. */
@RegisterConstructorMapper(DailyTokenDao.Used.class)
public interface DailyTokenDao {

    /** In the place of a key: all of the account. */
    long ACCOUNT = 0;

    /**
     * What an account and one of its keys have had of a day.
     *
     * @param perDay what the account may have; null: there is no limit
     */
    record Used(Long perDay, long ofAccount, long ofKey) {}

    @SqlQuery("""
        SELECT u.tokens_per_day AS per_day,
               coalesce((SELECT tokens FROM daily_tokens WHERE user_id = u.id AND day = :day AND key_id = 0), 0) AS of_account,
               coalesce((SELECT tokens FROM daily_tokens WHERE user_id = u.id AND day = :day AND key_id = :keyId), 0) AS of_key
          FROM users u
         WHERE u.id = :userId""")
    Optional<Used> find(long userId, long keyId, String day);

    /** Adds to one sum. */
    @SqlUpdate("""
        INSERT INTO daily_tokens (user_id, day, key_id, tokens)
        SELECT id, :day, :keyId, :tokens
          FROM users
         WHERE id = :userId
            ON CONFLICT (user_id, day, key_id) DO UPDATE SET tokens = daily_tokens.tokens + excluded.tokens""")
    void addTo(long userId, String day, long keyId, long tokens);

    @SqlUpdate("DELETE FROM daily_tokens WHERE user_id = :userId AND day < :day")
    void deleteBefore(long userId, String day);

    /**
     * Counts tokens for an account and, where it asked by one, its key.
     *
     * @param keyId null for a sign-in
     * @param day   in UTC, as {@code 2026-01-05}
     */
    default void add(long userId, Long keyId, String day, long tokens) {
        if (tokens <= 0) {
            return;
        }
        addTo(userId, day, ACCOUNT, tokens);
        if (keyId != null) {
            addTo(userId, day, keyId, tokens);
        }
        deleteBefore(userId, day);
    }
}
