package ollamaweb.tasks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import ollamaweb.concurrent.RepeatedWork;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.AccountEvents;
import ollamaweb.events.EventDao;

/**
 * Makes an event of each reminder whose time has come: once, whichever server does it, since the same transaction marks the
 * reminder as sent. What became due while no server ran is sent at the start.
 */
public final class ReminderDelivery implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int BATCH = 100;
    /** Then it looks whether it is to end. */
    private static final int MOST_BATCHES = 20;

    private final Database database;
    private final ReminderDao reminders;
    private final AccountEvents events;
    private final Clock clock;
    private final RepeatedWork work = new RepeatedWork("reminders", LOOK, this::sendDue);

    public ReminderDelivery(Database database, AccountEvents events, Clock clock) {
        this.database = database;
        this.reminders = database.reader(ReminderDao.class);
        this.events = events;
        this.clock = clock;
    }

    record Due(long id, long taskId, String title, Instant remindAt) {}

    public void start() {
        work.start();
    }

    @Override
    public void close() {
        work.close();
    }

    private void sendDue() {
        var now = clock.instant();
        int found = BATCH;
        for (int i = 0; i < MOST_BATCHES && found == BATCH; i++) {
            var due = reminders.listDue(now, BATCH);
            due.forEach(id -> database.save(tx -> send(tx, id, now)).ifPresent(events::tell));
            found = due.size();
        }
    }

    /** @return whom to tell; nobody of a task that is done, which is not made up for when it is opened again */
    private static Optional<Long> send(Transaction tx, long id, Instant now) {
        return tx.dao(ReminderDao.class).claim(id, now).flatMap(claimed -> tx.dao(TaskDao.class).find(claimed.taskId(), claimed.userId())
                .filter(Task::isLeft)
                .map(task -> {
                    var due = new Due(claimed.id(), task.id(), task.title(), claimed.remindAt());
                    tx.dao(EventDao.class).add(claimed.userId(), "reminder", due, now);
                    return claimed.userId();
                }));
    }
}
