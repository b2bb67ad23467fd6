package ollamaweb.calendar;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import ollamaweb.calendar.CalendarEntry.Goal;
import ollamaweb.calendar.CalendarEntry.Task;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.users.TimeZoneDao;

/** The calendars of accounts, and the tokens that open them. */
final class Calendars {

    private static final int TOKEN_BYTES = 32;
    private static final int MOST_COMING = 1500;
    private static final int MOST_OTHERS = 500;
    private static final Duration CLOSED_SHOWN = Duration.ofDays(90);
    /** What lies outside has days that calendars cannot write. */
    private static final Instant FIRST = Instant.parse("1900-01-02T00:00:00Z");
    private static final Instant END = Instant.parse("9998-12-30T00:00:00Z");
    private static final String FIRST_DAY = "1900-01-01";
    private static final String END_DAY = "9998-12-31";

    private final Database database;
    private final SecretKey secret;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Calendars(Database database, SecretKey secret, Clock clock) {
        this.database = database;
        this.secret = secret;
        this.clock = clock;
    }

    /** @param token shown this once */
    record NewToken(String token, String url) {}

    private record Entries(List<Task> tasks, List<Goal> goals, CalendarText text) {}

    /** The token that the account had opens nothing any more. */
    NewToken create(long userId) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.write(userId, tx -> {
            tx.dao(CalendarTokenDao.class).put(userId, digest(token), clock.instant());
            return null;
        });
        return new NewToken(token, "/api/v1/calendar.ics?token=" + token);
    }

    /** @throws ApiException 404 if the account has no token */
    void end(long userId) {
        if (!database.write(userId, tx -> tx.dao(CalendarTokenDao.class).delete(userId))) {
            throw notFound();
        }
    }

    /**
     * @return the calendar that the token opens, as {@code text/calendar}
     * @throws ApiException 404, the same for whatever reason it opens none
     */
    byte[] read(String token) {
        var entries =
                database.read(tx -> entries(tx, tx.dao(CalendarTokenDao.class).findUser(digest(token)).orElseThrow(Calendars::notFound)));
        return entries.text.of(entries.tasks, entries.goals);
    }

    static ApiException notFound() {
        return ApiException.notFound("Calendar not found");
    }

    private Entries entries(Transaction tx, long userId) {
        var dao = tx.dao(CalendarDao.class);
        var now = clock.instant();
        var tasks = new ArrayList<>(dao.listComing(userId, now, END, MOST_COMING));
        tasks.addAll(dao.listOverdue(userId, FIRST, now, MOST_OTHERS));
        tasks.addAll(dao.listClosed(userId, now.minus(CLOSED_SHOWN), END, MOST_OTHERS));
        tasks.addAll(dao.listUndated(userId, MOST_OTHERS));
        tasks.sort(Comparator.comparingLong(Task::id));
        var goals = new ArrayList<>(dao.listGoals(userId, FIRST_DAY, END_DAY, MOST_OTHERS));
        goals.sort(Comparator.comparingLong(Goal::id));
        return new Entries(tasks, goals, new CalendarText(tx.dao(TimeZoneDao.class).find(userId).orElse(ZoneOffset.UTC)));
    }

    private String digest(String token) {
        return secret.digest("calendar:" + token);
    }
}
