package ollamaweb.usage;

/**
 * What some answers cost together.
 *
 * @param name         which answers: a day, a model, or an id as text; null for those of no key
 * @param firstTokenMs how long the first pieces took to come, in milliseconds, where that is known
 */
public record UsageSum(
        String name,
        long answers,
        long promptTokens,
        long answerTokens,
        long firstTokenMs,
        long durationMs) {}
