package ollamaweb.goals;

import java.time.Instant;

/**
 * A goal as an export of the account has it.
 *
 * @param id       by which tasks and insights of the same export name it
 * @param progress what the user said, 0 to 1; a goal that has tasks shows theirs instead
 */
public record ArchivedGoal(
        Long id,
        String title,
        String description,
        String targetDate,
        String status,
        Double progress,
        Instant createdAt,
        Instant updatedAt) {

    public ArchivedGoal {
        status = status == null ? Goal.ACTIVE : status;
        progress = progress == null ? Double.valueOf(0) : progress;
    }

    /** @throws ollamaweb.http.ApiException 422 naming the field that no goal can have */
    public void check() {
        GoalDraft.check(title, description, targetDate, status, progress).required("id", id).required("title", title).orThrow();
    }
}
