package ollamaweb.goals;

import static ollamaweb.http.PatchField.orNull;

import java.util.Optional;
import ollamaweb.http.PatchField;

/** Body of {@code PATCH} and {@code PUT /api/v1/goals/{id}}; what is missing stays, null clears. */
record GoalChange(
        Optional<String> title,
        Optional<String> description,
        Optional<String> targetDate,
        Optional<String> status,
        Optional<Double> progress) {

    GoalChange {
        GoalDraft.check(orNull(title), orNull(description), orNull(targetDate), orNull(status), orNull(progress))
                .notNull("title", title)
                .notNull("status", status)
                .notNull("progress", progress)
                .orThrow();
    }

    /** @return the goal as the user wants it */
    Goal of(Goal old) {
        return new Goal(
                old.id(),
                PatchField.or(title, old.title()),
                PatchField.or(description, old.description()),
                PatchField.or(targetDate, old.targetDate()),
                PatchField.or(status, old.status()),
                PatchField.or(progress, old.progress()),
                old.createdAt(),
                old.updatedAt());
    }
}
