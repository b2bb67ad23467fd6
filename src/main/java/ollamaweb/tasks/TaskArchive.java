package ollamaweb.tasks;

import java.time.Instant;
import java.util.List;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.Tags;
import ollamaweb.json.Json;

/** The tasks of an account as an export has them. */
public final class TaskArchive {

    private TaskArchive() {}

    /** What a task hangs on, by the ids of the account; null: on nothing. */
    public record Links(Long goalId, Long parentId) {}

    /** @return tasks with their reminders, those after one, in the order of their ids */
    public static List<ArchivedTask> list(Transaction tx, long userId, long after, int limit) {
        var dao = tx.dao(TaskArchiveDao.class);
        return dao.list(userId, after, limit).stream().map(task -> archived(task, dao.reminders(userId, task.id()))).toList();
    }

    /**
     * Makes a task of the account.
     *
     * @param links the ids that goal and parent have here, or null
     * @return its id
     * @throws ollamaweb.http.ApiException 422 if it cannot be, or not there
     */
    public static long insert(Transaction tx, long userId, ArchivedTask archived, Links links, Instant now) {
        archived.check();
        var task = task(0, archived, links, now);
        long id = tx.dao(TaskDao.class).insert(userId, new TaskLinks(tx, userId).check(task));
        putReminders(tx, userId, id, archived, now);
        return id;
    }

    /**
     * Brings a task of the account up to date.
     *
     * @return false if there is no such task any more
     * @throws ollamaweb.http.ApiException as {@link #insert}
     */
    public static boolean update(Transaction tx, long userId, long id, ArchivedTask archived, Links links, Instant now) {
        archived.check();
        var task = task(id, archived, links, now);
        if (!tx.dao(TaskDao.class).update(userId, new TaskLinks(tx, userId).check(task))) {
            return false;
        }
        tx.dao(TaskArchiveDao.class).deleteReminders(userId, id);
        putReminders(tx, userId, id, archived, now);
        return true;
    }

    /**
     * Hangs a task on others, where it is there and they can be.
     *
     * @param previousId the task whose completion made it, or null
     */
    public static void link(Transaction tx, long userId, long id, Links links, Long previousId) {
        var dao = tx.dao(TaskArchiveDao.class);
        if (links.parentId() != null && tx.dao(TaskDao.class).find(id, userId).filter(task -> fits(tx, userId, task, links)).isPresent()) {
            dao.hang(id, userId, links.parentId());
        }
        if (previousId != null && previousId != id) {
            dao.follow(id, userId, previousId);
        }
    }

    private static boolean fits(Transaction tx, long userId, Task task, Links links) {
        try {
            new TaskLinks(tx, userId).check(task(task.id(), archived(task, List.of()), links, task.createdAt()));
            return true;
        } catch (ApiException e) {
            return false; // in a circle, or too deep
        }
    }

    /** A reminder of a time that has passed reminds nobody any more. */
    private static void putReminders(Transaction tx, long userId, long id, ArchivedTask archived, Instant now) {
        for (var reminder : archived.reminders()) {
            boolean isOver = reminder.remindAt() != null && !reminder.remindAt().isAfter(now);
            tx.dao(TaskArchiveDao.class).insert(userId, new Reminder(0, id, reminder.remindAt(), reminder.minutesBefore(),
                    reminder.sentAt() == null && isOver ? now : reminder.sentAt(), orElse(reminder.createdAt(), now)));
        }
    }

    private static Task task(long id, ArchivedTask archived, Links links, Instant now) {
        return new Task(
                id,
                archived.title(),
                archived.description(),
                archived.priority(),
                archived.status(),
                archived.dueDate(),
                archived.completedAt(),
                links.goalId(),
                links.parentId(),
                Json.write(archived.tags()),
                archived.estimatedMinutes(),
                archived.recurrence() == null ? null : Recurrence.normalized(archived.recurrence()),
                null,
                archived.recursAt(),
                orElse(archived.createdAt(), now),
                orElse(archived.updatedAt(), now));
    }

    private static Instant orElse(Instant moment, Instant other) {
        return moment == null ? other : moment;
    }

    private static ArchivedTask archived(Task task, List<Reminder> reminders) {
        return new ArchivedTask(
                task.id(),
                task.title(),
                task.description(),
                task.priority(),
                task.status(),
                task.dueDate(),
                task.completedAt(),
                task.goalId(),
                task.parentId(),
                Json.read(task.tags(), Tags.class),
                task.estimatedMinutes(),
                task.recurrence(),
                task.previousId(),
                task.recursAt(),
                task.createdAt(),
                task.updatedAt(),
                reminders.stream()
                        .map(reminder -> new ArchivedReminder(reminder.remindAt(), reminder.minutesBefore(), reminder.sentAt(),
                                reminder.createdAt()))
                        .toList());
    }
}
