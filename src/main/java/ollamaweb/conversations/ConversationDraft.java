package ollamaweb.conversations;

import ollamaweb.http.Check;

/** Body of {@code POST /api/conversations}. */
public record ConversationDraft(String title, String modelName, String systemPrompt) {

    public static final int MAX_TITLE = 200;
    public static final int MAX_MODEL_NAME = 200;

    public ConversationDraft {
        Check.body()
                .text("title", title, 1, MAX_TITLE)
                .requiredText("model_name", modelName, 1, MAX_MODEL_NAME)
                .text("system_prompt", systemPrompt, 0, SystemPrompt.MAX_LENGTH)
                .orThrow();
        title = title == null ? Conversation.UNTITLED : title;
        systemPrompt = SystemPrompt.clean(systemPrompt);
    }
}
