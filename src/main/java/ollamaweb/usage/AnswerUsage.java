package ollamaweb.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What one answer cost; null is what is not known.
 *
 * @param keyId        the API key it was asked for with; null: a session
 * @param answerTokens how many tokens the model wrote
 * @param firstTokenMs how long the first piece took to come, in milliseconds
 * @param durationMs   how long all of it took
 * @param ending       {@code complete}, {@code interrupted} or {@code error}
 */
public record AnswerUsage(
        long userId,
        Long keyId,
        long conversationId,
        String modelName,
        Instant endedAt,
        Integer promptTokens,
        Integer answerTokens,
        Long firstTokenMs,
        Long durationMs,
        String ending) {

    /** @return the day in UTC on which it ended */
    public String day() {
        return LocalDate.ofInstant(endedAt, ZoneOffset.UTC).toString();
    }
}
