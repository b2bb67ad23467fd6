package ollamaweb.conversations;

import java.util.Optional;
import ollamaweb.http.Check;

/**
 * Body of {@code PUT /api/conversations/{id}}; what is missing stays.
 *
 * @param systemPrompt     null: stays; empty: is cleared
 * @param currentMessageId the message of the conversation that the path is to lead to; null: stays
 */
record ConversationChange(String title, String modelName, Optional<String> systemPrompt, Long currentMessageId) {

    ConversationChange {
        Check.body()
                .text("title", title, 1, ConversationDraft.MAX_TITLE)
                .text("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .text("system_prompt", systemPrompt == null ? null : systemPrompt.orElse(null), 0, SystemPrompt.MAX_LENGTH)
                .orThrow();
        systemPrompt = systemPrompt == null ? null : systemPrompt.map(SystemPrompt::clean);
    }
}
