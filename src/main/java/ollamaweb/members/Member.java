package ollamaweb.members;

import java.time.Instant;
import ollamaweb.access.ConversationRole;

/**
 * Who may see a conversation, as those who may see it are told.
 *
 * @param displayName what the account calls itself, or null
 * @param joinedAt    since when; of the owner, when the conversation was made
 */
public record Member(long userId, String displayName, ConversationRole role, Instant joinedAt) {}
