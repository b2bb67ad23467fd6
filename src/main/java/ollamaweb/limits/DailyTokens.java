package ollamaweb.limits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.usage.DailyTokenDao;
import ollamaweb.usage.DailyTokenDao.Used;

/**
 * How many tokens an account and a key may have in a day, which begins at midnight UTC. A question is refused once they are used
 * up; one that was asked before is answered to its end.
 */
public final class DailyTokens {

    private static final Duration DAY = Duration.ofDays(1);

    private final Database database;
    private final DailyTokenDao sums;
    private final Clock clock;

    public DailyTokens(Database database, Clock clock) {
        this.database = database;
        this.sums = database.reader(DailyTokenDao.class);
        this.clock = clock;
    }

    /**
     * @param headers is told how much is left
     * @throws ApiException 429 until midnight if there is nothing left
     */
    void check(CurrentUser user, LimitHeaders headers) {
        var now = clock.instant();
        var used = used(user, now);
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
        var day = day(clock.instant());
        var unused = database.submit(tx -> {
            count(tx, user, day, tokens);
            return null;
        });
    }

    private static void count(Transaction tx, CurrentUser user, String day, long tokens) {
        var dao = tx.dao(DailyTokenDao.class);
        boolean isLimited = user.terms().tokensPerDay() != null
                || dao.find(user.id(), DailyTokenDao.ACCOUNT, day).map(Used::perDay).isPresent();
        if (isLimited) {
            dao.add(user.id(), user.keyId(), day, tokens);
        }
    }

    /** What is only passed on needs no database. */
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
