package ollamaweb.tasks;

import java.time.Instant;
import java.time.ZoneId;
import ollamaweb.http.Check;
import ollamaweb.http.Tags;
import ollamaweb.json.DateOrInstant;
import ollamaweb.json.Json;

/** Body of {@code POST /api/v1/tasks}. */
record TaskDraft(
        String title,
        String description,
        String priority,
        String status,
        DateOrInstant dueDate,
        Long goalId,
        Long parentId,
        Tags tags,
        Integer estimatedMinutes,
        String recurrence) {

    private static final int MAX_TITLE = 200;
    private static final int MAX_DESCRIPTION = 10_000;
    private static final int MAX_MINUTES = 100_000;

    TaskDraft {
        var check = check(title, description, priority, status, estimatedMinutes).required("title", title);
        recurrence = check.parsed("recurrence", recurrence, Recurrence::normalized);
        check.orThrow();
        priority = priority == null ? Task.MEDIUM : priority;
        status = status == null ? Task.OPEN : status;
        tags = tags == null ? Tags.NONE : tags;
    }

    /** @return what is wrong with those that are not null */
    static Check check(String title, String description, String priority, String status, Integer estimatedMinutes) {
        return Check.body()
                .text("title", title, 1, MAX_TITLE)
                .text("description", description, 0, MAX_DESCRIPTION)
                .oneOf("priority", priority, Task.PRIORITIES)
                .oneOf("status", status, Task.STATUSES)
                .range("estimated_minutes", estimatedMinutes, 1, MAX_MINUTES);
    }

    /** @return the task, with an id yet to be given */
    Task task(ZoneId zone, Instant now) {
        var due = dueDate == null ? null : dueDate.last(zone);
        return new Task(
                0,
                title,
                description,
                priority,
                status,
                due,
                status.equals(Task.DONE) ? now : null,
                goalId,
                parentId,
                Json.write(tags),
                estimatedMinutes,
                recurrence,
                null,
                recurrence == null ? null : Recurrence.local(due, zone),
                now,
                now);
    }
}
