package ollamaweb.limits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.usage.DailyTokenDao;
import ollamaweb.usage.DailyTokenDao.Used;
import ollamaweb.users.AccountCache;
import ollamaweb.users.User;
import ollamaweb.users.UserDao;

/**
 * How many tokens an account and a key may have in a day, which begins at midnight UTC. A question is refused once they are used
 * up; one that was asked before is answered to its end. Whether an account has a limit is remembered for a minute, so that a
 * question of one that has none costs nothing.
 */
public final class DailyTokens {

    private static final Duration DAY = Duration.ofDays(1);

    private final Database database;
    private final DailyTokenDao sums;
    private final Clock clock;
    private final AccountCache<Boolean> limited;

    public DailyTokens(Database database, Clock clock) {
        this.database = database;
        this.sums = database.reader(DailyTokenDao.class);
        this.clock = clock;
        var users = database.reader(UserDao.class);
        this.limited = new AccountCache<>(userId -> users.find(userId).map(User::tokensPerDay).isPresent());
    }

    /**
     * @param headers is told how much is left
     * @throws ApiException 429 until midnight if there is nothing left
     */
    void check(CurrentUser user, LimitHeaders headers) {
        var now = clock.instant();
        var used = isLimited(user) ? used(user, now) : Optional.<Used>empty();
        if (used.isEmpty()) {
            return;
        }
        var left = Duration.between(now, now.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        check("key-tokens", user.terms().tokensPerDay(), used.get().ofKey(), left, headers,
                "The tokens that this key may have today are used up");
        check("tokens", used.get().perDay(), used.get().ofAccount(), left, headers,
                "The tokens that this account may have today are used up");
    }

    /**
     * Counts what was asked and answered without a trace, if there is a limit that it counts against. Nobody waits for that.
     *
     * @param tokens of the question and the answer
     */
    public void count(CurrentUser user, long tokens) {
        if (isLimited(user)) {
            var day = day(clock.instant());
            var unused = database.submit(tx -> {
                tx.dao(DailyTokenDao.class).add(user.id(), user.keyId(), day, tokens);
                return null;
            });
        }
    }

    /** @return which accounts have a limit, as far as it is remembered */
    public AccountCache<Boolean> limited() {
        return limited;
    }

    /** What is only passed on needs no database. */
    private boolean isLimited(CurrentUser user) {
        try {
            return user.terms().tokensPerDay() != null
                    || limited.of(user.id());
        } catch (DatabaseUnavailableException e) {
            return false;
        }
    }

    private Optional<Used> used(CurrentUser user, Instant now) {
        try {
            return sums.find(user.id(), user.keyId() == null ? DailyTokenDao.ACCOUNT : user.keyId(), day(now));
        } catch (DatabaseUnavailableException e) {
            return Optional.empty();
        }
    }

    private static void check(String policy, Long limit, long used, Duration left, LimitHeaders headers, String detail) {
        if (limit == null) {
            return;
        }
        headers.add(policy, limit, DAY, "tokens", limit - used, left);
        if (used >= limit) {
            throw ApiException.tooManyRequests(detail, Math.max(1, LimitHeaders.seconds(left)));
        }
    }

    private static String day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).toString();
    }
}
