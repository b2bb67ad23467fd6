package ollamaweb.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;

/** The reminders of tasks, within one transaction. */
final class Reminders {

    static final int MOST = 10;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private final ReminderDao reminders;
    private final long userId;
    private final Instant now;

    Reminders(Transaction tx, long userId, Instant now) {
        this.reminders = tx.dao(ReminderDao.class);
        this.userId = userId;
        this.now = now;
    }

    /** @throws ApiException 409 if the task has very many, 422 */
    Reminder create(Task task, ReminderDraft draft) {
        if (reminders.list(task.id(), userId).size() >= MOST) {
            throw ApiException.conflict("A task can have at most " + MOST + " reminders");
        }
        long id = reminders.insert(userId, task.id(), draft.momentFor(task, now), draft.minutesBefore(), now);
        return reminders.find(id, task.id(), userId).orElseThrow();
    }

    /** Those that depend on the due date go along with it; one that was sent is sent again if it comes again. */
    void follow(Task old, Task task) {
        if (Objects.equals(old.dueDate(), task.dueDate())) {
            return;
        }
        relative(task.id()).forEach(reminder -> {
            var moment = before(task.dueDate(), reminder.minutesBefore());
            reminders.move(reminder.id(), userId, moment, moment != null && moment.isAfter(now));
        });
    }

    /** The task that comes next is reminded of as this one was. */
    void copy(long taskId, long nextId, Instant due) {
        relative(taskId).forEach(reminder -> reminders.insert(userId, nextId, before(due, reminder.minutesBefore()),
                reminder.minutesBefore(), now));
    }

    /** @return null where there is no due date */
    static Instant before(Instant due, int minutes) {
        if (due == null) {
            return null;
        }
        var moment = due.minus(Duration.ofMinutes(minutes));
        return moment.isBefore(EARLIEST) ? EARLIEST : moment;
    }

    private List<Reminder> relative(long taskId) {
        return reminders.list(taskId, userId).stream().filter(reminder -> reminder.minutesBefore() != null).toList();
    }
}
