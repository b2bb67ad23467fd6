package ollamaweb.goals;

import static ollamaweb.http.Given.orNull;

import java.util.Optional;
import ollamaweb.http.Given;

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
                Given.or(title, old.title()),
                Given.or(description, old.description()),
                Given.or(targetDate, old.targetDate()),
                Given.or(status, old.status()),
                Given.or(progress, old.progress()),
                old.createdAt(),
                old.updatedAt());
    }
}
