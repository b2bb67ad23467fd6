package ollamaweb.sharing;

import java.time.Instant;

/**
 * A link to a conversation, as its owner sees it.
 *
 * @param live      whether it shows the conversation as it is now, or else as it was
 * @param expiresAt when it ends by itself, or null
 */
public record Share(long id, long conversationId, boolean live, Instant createdAt, Instant expiresAt) {}
