package ollamaweb.tasks;

import java.time.Duration;
import java.time.Instant;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;

/**
 * Body of {@code POST /api/v1/tasks/{id}/reminders}: either a moment, or how long before the task is due.
 */
record ReminderDraft(Instant remindAt, Integer minutesBefore) {

    static final int MAX_MINUTES = 4 * 7 * 24 * 60;
    /** Clocks of clients go wrong by as much. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    ReminderDraft {
        Check.body()
                .that(remindAt != null || minutesBefore != null, "remind_at", "field required, unless minutes_before is given",
                        "value_error.missing")
                .that(remindAt == null || minutesBefore == null, "minutes_before", "must not come with remind_at", "value_error")
                .range("minutes_before", minutesBefore, 0, MAX_MINUTES)
                .orThrow();
    }

    /**
     * @return when to remind of the task
     * @throws ApiException 422 if the task has no due date, or the moment has passed
     */
    Instant momentFor(Task task, Instant now) {
        Check.body()
                .that(remindAt == null || !remindAt.isBefore(now.minus(TOLERANCE)), "remind_at", "has to be in the future", "value_error")
                .that(minutesBefore == null || task.dueDate() != null, "minutes_before", "the task has no due date", "value_error")
                .orThrow();
        return remindAt != null ? remindAt : Reminders.before(task.dueDate(), minutesBefore);
    }
}
