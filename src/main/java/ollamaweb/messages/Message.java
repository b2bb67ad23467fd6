package ollamaweb.messages;

import java.time.Instant;

/**
 * One message.
 *
 * @param role       {@code user}, {@code assistant} or {@code system}
 * @param content    of an answer in the making: what is saved so far
 * @param tokensUsed Ollama's {@code eval_count}, or null
 * @param status     {@code complete}, {@code streaming}, {@code interrupted} or {@code error}
 */
public record Message(
        long id, long conversationId, String role, String content, Integer tokensUsed, Instant createdAt, String status) {}
