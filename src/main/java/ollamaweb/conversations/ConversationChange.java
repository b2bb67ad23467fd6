package ollamaweb.conversations;

import java.util.Optional;
import ollamaweb.http.Check;
import ollamaweb.http.Tags;

/**
 * Body of {@code PUT /api/conversations/{id}}; what is missing stays.
 *
 * @param systemPrompt     null: stays; empty: is cleared
 * @param currentMessageId the message of the conversation that the path is to lead to; null: stays
 * @param tags             null: stay; empty: are taken away
 */
record ConversationChange(
        String title,
        String modelName,
        Optional<String> systemPrompt,
        Long currentMessageId,
        Boolean pinned,
        Boolean archived,
        Optional<Tags> tags) {

    ConversationChange {
        Check.body()
                .text("title", title, 1, ConversationDraft.MAX_TITLE)
                .text("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .text("system_prompt", systemPrompt == null ? null : systemPrompt.orElse(null), 0, SystemPrompt.MAX_LENGTH)
                .orThrow();
        systemPrompt = systemPrompt == null ? null : systemPrompt.map(SystemPrompt::clean);
    }

    /** @return whether it changes what everybody sees of the conversation */
    boolean isForAll() {
        return title != null || modelName != null || systemPrompt != null || currentMessageId != null;
    }

    /** @return whether it changes only how its user has filed the conversation, which is no news in it */
    boolean isOnlyOrder() {
        return !isForAll() && (pinned != null || archived != null || tags != null);
    }
}
