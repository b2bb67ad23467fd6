package ollamaweb.tasks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * Something a user has to do.
 *
 * @param tags       a JSON array of texts, kept as clients see it
 * @param recurrence the rule by which it comes again when it is done, see {@link Recurrence}; null: it does not
 * @param previousId the task whose completion made this one, or null
 * @param recursAt   the local date and time that the rule gave it, or null
 */
public record Task(
        long id,
        String title,
        String description,
        String priority,
        String status,
        Instant dueDate,
        Instant completedAt,
        Long goalId,
        Long parentId,
        @JsonRawValue String tags,
        Integer estimatedMinutes,
        String recurrence,
        Long previousId,
        @JsonIgnore String recursAt,
        Instant createdAt,
        Instant updatedAt) {

    static final String OPEN = "open";
    static final String DONE = "done";
    static final String CANCELLED = "cancelled";
    static final String[] STATUSES = {OPEN, "in_progress", DONE, CANCELLED};

    static final String MEDIUM = "medium";
    static final String[] PRIORITIES = {"low", MEDIUM, "high", "urgent"};

    /** @return whether there is something to do yet */
    boolean isLeft() {
        return !isDone() && !status.equals(CANCELLED);
    }

    boolean isDone() {
        return status.equals(DONE);
    }
}
