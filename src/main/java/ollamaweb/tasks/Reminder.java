package ollamaweb.tasks;

import java.time.Instant;

/**
 * A moment at which a user wants to be reminded of a task.
 *
 * @param remindAt      null while it depends on a due date that the task does not have
 * @param minutesBefore how long before the task is due, or null: it does not depend on that
 * @param sentAt        when it became an event, or null
 */
public record Reminder(long id, long taskId, Instant remindAt, Integer minutesBefore, Instant sentAt, Instant createdAt) {}
