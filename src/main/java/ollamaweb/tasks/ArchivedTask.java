package ollamaweb.tasks;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import ollamaweb.http.Tags;

/**
 * A task as an export of the account has it.
 *
 * @param id         by which other tasks and insights of the same export name it
 * @param goalId     the id of a goal of the same export, or null
 * @param parentId   the id of a task of the same export, or null
 * @param previousId the task of the same export whose completion made this one, or null
 * @param recursAt   the local date and time that the rule gave it, or null
 */
public record ArchivedTask(
        Long id,
        String title,
        String description,
        String priority,
        String status,
        Instant dueDate,
        Instant completedAt,
        Long goalId,
        Long parentId,
        Tags tags,
        Integer estimatedMinutes,
        String recurrence,
        Long previousId,
        String recursAt,
        Instant createdAt,
        Instant updatedAt,
        List<ArchivedReminder> reminders) {

    public ArchivedTask {
        priority = priority == null ? Task.MEDIUM : priority;
        status = status == null ? Task.OPEN : status;
        tags = tags == null ? Tags.NONE : tags;
        reminders = reminders == null ? List.of() : reminders;
    }

    /** @throws ollamaweb.http.ApiException 422 naming the field that no task can have */
    public void check() {
        var check = TaskDraft.check(title, description, priority, status, estimatedMinutes)
                .required("id", id)
                .required("title", title)
                .that(recursAt == null || isLocalTime(recursAt), "recurs_at", "must be a local date and time", "value_error")
                .size("reminders", reminders, Reminders.MOST)
                .that(reminders.stream().allMatch(Objects::nonNull), "reminders", "none is not an allowed value",
                        "type_error.none.not_allowed");
        check.parsed("recurrence", recurrence, Recurrence::normalized);
        check.orThrow();
        reminders.forEach(ArchivedReminder::check);
    }

    private static boolean isLocalTime(String text) {
        try {
            return !LocalDateTime.parse(text).toString().isEmpty();
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
