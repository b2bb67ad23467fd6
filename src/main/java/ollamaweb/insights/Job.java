package ollamaweb.insights;

import java.time.Instant;

/**
 * An insight to be written now.
 *
 * @param from      the beginning of the time it is about, or null
 * @param to        the end of that time, itself not in it, or null
 * @param schedule  {@code daily} or {@code weekly} where it comes by itself, else null
 * @param serverId  the server that writes it
 * @param attempts  how many there were, this one included
 * @param createdAt when it was asked for: what "now" means in it, however late it is written
 */
public record Job(
        long id,
        long userId,
        String kind,
        String modelName,
        Long goalId,
        Long conversationId,
        Instant from,
        Instant to,
        String schedule,
        long serverId,
        int attempts,
        Instant createdAt) {

    boolean isScheduled() {
        return schedule != null;
    }
}
