package ollamaweb.tasks;

import java.time.Instant;
import ollamaweb.http.Check;

/**
 * A reminder as an export of the account has it.
 *
 * @param remindAt      null while it depends on a due date that the task does not have
 * @param minutesBefore how long before the task is due, or null: it does not depend on that
 * @param sentAt        when it became an event, or null
 */
public record ArchivedReminder(Instant remindAt, Integer minutesBefore, Instant sentAt, Instant createdAt) {

    /** @throws ollamaweb.http.ApiException 422 naming the field that no reminder can have */
    void check() {
        Check.body()
                .that(remindAt != null || minutesBefore != null, "remind_at", "none is not an allowed value", "type_error.none.not_allowed")
                .range("minutes_before", minutesBefore, 0, ReminderDraft.MAX_MINUTES)
                .orThrow();
    }
}
