package ollamaweb.tasks;

import static ollamaweb.http.PatchField.orNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import ollamaweb.http.PatchField;
import ollamaweb.http.Tags;
import ollamaweb.json.DateOrInstant;
import ollamaweb.json.Json;

/** Body of {@code PATCH} and {@code PUT /api/v1/tasks/{id}}; what is missing stays, null clears. */
record TaskChange(
        Optional<String> title,
        Optional<String> description,
        Optional<String> priority,
        Optional<String> status,
        Optional<DateOrInstant> dueDate,
        Optional<Long> goalId,
        Optional<Long> parentId,
        Optional<Tags> tags,
        Optional<Integer> estimatedMinutes,
        Optional<String> recurrence) {

    TaskChange {
        var check = TaskDraft.check(orNull(title), orNull(description), orNull(priority), orNull(status), orNull(estimatedMinutes))
                .notNull("title", title)
                .notNull("priority", priority)
                .notNull("status", status);
        recurrence =
                recurrence == null ? null : Optional.ofNullable(check.parsed("recurrence", orNull(recurrence), Recurrence::normalized));
        check.orThrow();
    }

    /** @return the task as the user wants it; done since now, unless it was done before */
    Task of(Task old, ZoneId zone, Instant now) {
        var newStatus = PatchField.or(status, old.status());
        var doneSince = old.completedAt() == null ? now : old.completedAt();
        var due = dueDate == null ? old.dueDate() : dueDate.map(given -> given.last(zone)).orElse(null);
        var newRecurrence = PatchField.or(recurrence, old.recurrence());
        return new Task(
                old.id(),
                PatchField.or(title, old.title()),
                PatchField.or(description, old.description()),
                PatchField.or(priority, old.priority()),
                newStatus,
                due,
                newStatus.equals(Task.DONE) ? doneSince : null,
                PatchField.or(goalId, old.goalId()),
                PatchField.or(parentId, old.parentId()),
                tags == null ? old.tags() : Json.write(tags.orElse(Tags.NONE)),
                PatchField.or(estimatedMinutes, old.estimatedMinutes()),
                newRecurrence,
                old.previousId(),
                newRecurrence == null ? null : recursAt(old, due, zone),
                old.createdAt(),
                now);
    }

    /** A due date that stays is still the one that the rule gave, whatever the clocks made of it. */
    private static String recursAt(Task old, Instant due, ZoneId zone) {
        return old.recursAt() != null && Objects.equals(old.dueDate(), due) ? old.recursAt() : Recurrence.local(due, zone);
    }
}
