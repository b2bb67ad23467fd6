package ollamaweb.insights;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * A text about the user's own things, or the wish for one.
 *
 * @param status     {@code pending}, {@code ready} or {@code failed}
 * @param from       the beginning of the time it is about, or null
 * @param to         the end of that time, itself not in it, or null
 * @param error      why it failed; of a pending one, why it has to be tried again
 * @param sources    what the text cites, a JSON array of {@link Source}
 * @param claims     what the text says, a JSON array of {@link Claim}
 * @param schedule   {@code daily} or {@code weekly} where it came by itself; null where the user asked
 * @param attempts   how many times the model was asked
 * @param startedAt  since when it is being written; null while it waits
 */
public record Insight(
        long id,
        String kind,
        String status,
        String modelName,
        Long goalId,
        Long conversationId,
        Instant from,
        Instant to,
        String content,
        String error,
        @JsonRawValue String sources,
        @JsonRawValue String claims,
        String schedule,
        Integer tokensUsed,
        int attempts,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    static final String PENDING = "pending";
    static final String READY = "ready";
    static final String FAILED = "failed";

    boolean isPending() {
        return status.equals(PENDING);
    }
}
