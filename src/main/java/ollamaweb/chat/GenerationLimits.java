package ollamaweb.chat;

import ollamaweb.conversations.ConversationLimits;

/**
 * How much may be asked for.
 *
 * @param contextMessages how many messages a model gets to read where the account has not said
 */
public record GenerationLimits(ConversationLimits conversation, int contextMessages) {}
