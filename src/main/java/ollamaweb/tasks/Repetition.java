package ollamaweb.tasks;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import ollamaweb.db.Transaction;
import ollamaweb.json.DateOrInstant;

/** Makes the next of a recurring task when one is done: once, however often that is said. */
final class Repetition {

    private final TaskDao tasks;
    private final Reminders reminders;
    private final long userId;
    private final ZoneId zone;
    private final Instant now;

    /**
     * @param tx   the transaction that writes the task, one at a time for each account
     * @param zone where the user lives
     */
    Repetition(Transaction tx, long userId, ZoneId zone, Instant now) {
        this.tasks = tx.dao(TaskDao.class);
        this.reminders = new Reminders(tx, userId, now);
        this.userId = userId;
        this.zone = zone;
        this.now = now;
    }

    /**
     * @param task as it is stored now
     * @return the same task
     */
    Task after(Task task) {
        if (task.isDone() && task.recurrence() != null && !tasks.hasNext(task.id(), userId)) {
            var rule = Recurrence.parse(task.recurrence());
            rule.next(last(task), zone).map(date -> next(task, rule, date)).ifPresent(next -> {
                reminders.copy(task.id(), tasks.insert(userId, next), next.dueDate());
            });
        }
        return task;
    }

    /** A task without a due date comes again counted from the day on which it was done. */
    private LocalDateTime last(Task task) {
        if (task.recursAt() != null) {
            return LocalDateTime.parse(task.recursAt());
        }
        var today = DateOrInstant.of(LocalDate.ofInstant(now, zone));
        return LocalDateTime.ofInstant(today.last(zone), zone);
    }

    private Task next(Task done, Recurrence rule, LocalDateTime date) {
        return new Task(
                0,
                done.title(),
                done.description(),
                done.priority(),
                Task.OPEN,
                date.atZone(zone).toInstant(),
                null,
                done.goalId(),
                done.parentId(),
                done.tags(),
                done.estimatedMinutes(),
                rule.rest().toString(),
                done.id(),
                date.toString(),
                now,
                now);
    }
}
