package ollamaweb.conversations;

import java.time.Instant;

/**
 * A conversation as lists show it.
 *
 * @param messageCount     how many messages its current path has
 * @param currentMessageId the message that the current path leads to; null when there is none
 */
public record Conversation(
        long id,
        long userId,
        String title,
        String modelName,
        String systemPrompt,
        Instant createdAt,
        Instant updatedAt,
        long messageCount,
        Long currentMessageId) {

    /** The title of a conversation that has not been given one, until its first message does. */
    public static final String UNTITLED = "New Conversation";
}
