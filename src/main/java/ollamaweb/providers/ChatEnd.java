package ollamaweb.providers;

/**
 * What a provider tells at the end of an answer; each is null where it does not tell.
 *
 * @param answerTokens   how many tokens the model wrote
 * @param promptTokens   how many tokens it read
 * @param doneReason     why it ended: {@code stop}, {@code length}, or another word of the provider's
 * @param durationMillis how long all of it took there, in milliseconds
 */
public record ChatEnd(Integer answerTokens, Integer promptTokens, String doneReason, Long durationMillis) {}
