package ollamaweb.tasks;

import static ollamaweb.http.PatchField.orNull;

import java.time.Instant;
import java.time.ZoneId;
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
        Optional<Integer> estimatedMinutes) {

    TaskChange {
        TaskDraft.check(orNull(title), orNull(description), orNull(priority), orNull(status), orNull(estimatedMinutes))
                .notNull("title", title)
                .notNull("priority", priority)
                .notNull("status", status)
                .orThrow();
    }

    /** @return the task as the user wants it; done since now, unless it was done before */
    Task of(Task old, ZoneId zone, Instant now) {
        var newStatus = PatchField.or(status, old.status());
        var doneSince = old.completedAt() == null ? now : old.completedAt();
        return new Task(
                old.id(),
                PatchField.or(title, old.title()),
                PatchField.or(description, old.description()),
                PatchField.or(priority, old.priority()),
                newStatus,
                dueDate == null ? old.dueDate() : dueDate.map(due -> due.last(zone)).orElse(null),
                newStatus.equals(Task.DONE) ? doneSince : null,
                PatchField.or(goalId, old.goalId()),
                PatchField.or(parentId, old.parentId()),
                tags == null ? old.tags() : Json.write(tags.orElse(Tags.NONE)),
                PatchField.or(estimatedMinutes, old.estimatedMinutes()),
                old.createdAt(),
                now);
    }
}
