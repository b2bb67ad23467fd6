package ollamaweb.tasks;

import java.util.List;
import ollamaweb.db.Transaction;
import ollamaweb.http.Tags;
import ollamaweb.json.Json;

/** The tasks of an account as an export has them. */
public final class TaskArchive {

    private TaskArchive() {}

    /** @return tasks with their reminders, those after one, in the order of their ids */
    public static List<ArchivedTask> list(Transaction tx, long userId, long after, int limit) {
        var dao = tx.dao(TaskArchiveDao.class);
        return dao.list(userId, after, limit).stream().map(task -> archived(task, dao.reminders(userId, task.id()))).toList();
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
