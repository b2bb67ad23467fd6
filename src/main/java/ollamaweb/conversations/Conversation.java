package ollamaweb.conversations;

import java.time.Instant;

/** A conversation as lists show it. */
public record Conversation(
        long id,
        long userId,
        String title,
        String modelName,
        String systemPrompt,
        Instant createdAt,
        Instant updatedAt,
        long messageCount) {

    /** The title of a conversation that has not been given one, until its first message does. */
    public static final String UNTITLED = "New Conversation";
}
