package ollamaweb.messages;

import java.time.Instant;

/**
 * A message to be written; {@link Message} tells what its fields are.
 *
 * @param parentId the message that it follows, in the same conversation; null at its beginning
 */
public record NewMessage(
        long conversationId,
        Long parentId,
        String role,
        String status,
        String modelName,
        String content,
        String thinking,
        String toolCalls,
        String toolName,
        Integer tokensUsed,
        Integer promptTokens,
        Long durationMs,
        String doneReason,
        String error,
        String reaction,
        Instant createdAt) {

    /** What a user says. */
    public static NewMessage question(long conversationId, Long parentId, String content, Instant now) {
        return said(conversationId, parentId, "user", "complete", null, content, now);
    }

    /** An answer that a model is about to make. */
    public static NewMessage answer(long conversationId, long parentId, String modelName, Instant now) {
        return said(conversationId, parentId, "assistant", "streaming", modelName, "", now);
    }

    private static NewMessage said(long conversationId, Long parentId, String role, String status, String modelName, String content,
            Instant now) {
        return new NewMessage(conversationId, parentId, role, status, modelName, content, null, null, null, null, null, null, null, null,
                null,
                now);
    }
}
