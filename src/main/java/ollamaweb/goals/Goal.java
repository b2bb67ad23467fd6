package ollamaweb.goals;

import java.time.Instant;

/**
 * Something a user wants to reach.
 *
 * @param targetDate a day, as {@link ollamaweb.json.Days} reads it, or null
 * @param progress   0 to 1: the part of its tasks that is done, or what the user said where it has none
 */
public record Goal(
        long id,
        String title,
        String description,
        String targetDate,
        String status,
        double progress,
        Instant createdAt,
        Instant updatedAt) {

    public static final String ACTIVE = "active";
    static final String[] STATUSES = {ACTIVE, "achieved", "abandoned"};
}
