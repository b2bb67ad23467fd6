package ollamaweb.calendar;

import java.time.Instant;

/** What a calendar shows, as it is stored. */
final class CalendarEntry {

    private CalendarEntry() {}

    /**
     * A task.
     *
     * @param tags a JSON array of texts
     */
    public record Task(
            long id,
            String title,
            String description,
            String priority,
            String status,
            Instant dueDate,
            Integer estimatedMinutes,
            String tags,
            String recurrence,
            Instant createdAt,
            Instant updatedAt) {

        boolean isLeft() {
            return status.equals("open") || status.equals("in_progress");
        }
    }

    /** A goal that has a target date. */
    public record Goal(
            long id,
            String title,
            String description,
            String targetDate,
            String status,
            Instant createdAt,
            Instant updatedAt) {}
}
