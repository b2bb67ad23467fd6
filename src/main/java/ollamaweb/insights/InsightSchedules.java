package ollamaweb.insights;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import ollamaweb.concurrent.RepeatedWork;
import ollamaweb.config.InsightTime;
import ollamaweb.config.SettingDao;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.insights.ScheduleDao.Due;
import ollamaweb.json.Json;
import ollamaweb.users.TimeZoneDao;

/**
 * Asks for the insights that accounts get by themselves, daily or weekly, at an hour of their own: each time once, however many
 * servers there are, since the same transaction moves the schedule on. Of times that no server was there for, only the last
 * one is made up for.
 */
public final class InsightSchedules implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int BATCH = 500;
    private static final String NO_MODEL = "There is no model to ask: the setting default_model names one";

    private final Database database;
    private final ScheduleDao schedules;
    private final InsightWorker worker;
    private final Clock clock;
    private final RepeatedWork work = new RepeatedWork("insight-schedules", LOOK, this::placeDue);

    public InsightSchedules(Database database, InsightWorker worker, Clock clock) {
        this.database = database;
        this.schedules = database.reader(ScheduleDao.class);
        this.worker = worker;
        this.clock = clock;
    }

    public void start() {
        work.start();
    }

    @Override
    public void close() {
        work.close();
    }

    /** To be called where an account changes its settings or its time zone. */
    public void update(Transaction tx, long userId) {
        update(tx, userId, clock.instant());
    }

    /** As {@link #update(Transaction, long)}, where no insights are placed; the servers find it. */
    public static void update(Transaction tx, long userId, Instant now) {
        var dao = tx.dao(ScheduleDao.class);
        for (var schedule : Schedule.values()) {
            time(tx, userId, schedule).ifPresentOrElse(
                    time -> dao.put(userId, schedule.text(), time.next(now, zone(tx, userId)), now),
                    () -> dao.delete(userId, schedule.text()));
        }
    }

    private void placeDue() {
        var now = clock.instant();
        boolean any = false;
        for (var due : schedules.listDue(now, BATCH)) {
            any |= database.save(tx -> place(tx, due, now));
        }
        if (any) {
            worker.signalWork();
        }
    }

    /** @return whether there is an insight to be written */
    private static boolean place(Transaction tx, Due due, Instant now) {
        var schedule = Schedule.named(due.schedule());
        var time = time(tx, due.userId(), schedule);
        var zone = zone(tx, due.userId());
        if (time.isEmpty()) {
            tx.dao(ScheduleDao.class).delete(due.userId(), due.schedule());
            return false;
        }
        return tx.dao(ScheduleDao.class).move(due, time.get().next(now, zone)) && insert(tx, due, schedule, time.get(), zone, now);
    }

    private static boolean insert(Transaction tx, Due due, Schedule schedule, InsightTime time, ZoneId zone, Instant now) {
        var insights = tx.dao(InsightDao.class);
        var model = tx.dao(SettingDao.class).findDefaultModel(due.userId()).or(() -> tx.dao(ScheduleDao.class).findModel(due.userId()));
        var end = time.last(now, zone);
        long id =
                insights.insertScheduled(due.userId(), schedule.kind(), model.orElse(""), due.schedule(), time.before(end, zone), end, now);
        if (model.isEmpty()) {
            insights.fail(id, due.userId(), NO_MODEL, now);
        }
        return model.isPresent();
    }

    private static Optional<InsightTime> time(Transaction tx, long userId, Schedule schedule) {
        return tx.dao(SettingDao.class).find(userId, schedule.setting())
                .map(json -> Json.read(json, JsonNode.class))
                .flatMap(schedule::time);
    }

    private static ZoneId zone(Transaction tx, long userId) {
        return tx.dao(TimeZoneDao.class).find(userId).orElse(ZoneOffset.UTC);
    }
}
