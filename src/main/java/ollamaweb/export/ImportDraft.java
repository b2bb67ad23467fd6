package ollamaweb.export;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDraft;
import ollamaweb.conversations.SystemPrompt;
import ollamaweb.conversations.Title;
import ollamaweb.http.Check;
import ollamaweb.http.Tags;

/**
 * Body of {@code POST /api/export/conversations/import}: what an export has written, or somebody who writes the same.
 *
 * @param title            missing: made from the first question
 * @param currentMessageId the id of the message that the path leads to; null: the last one
 */
record ImportDraft(
        @JsonDeserialize(using = LenientText.class) String title,
        @JsonDeserialize(using = LenientText.class) String modelName,
        @JsonDeserialize(using = LenientText.class) String systemPrompt,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        Boolean pinned,
        Boolean archived,
        Tags tags,
        Long currentMessageId,
        List<ImportedMessage> messages,
        String exportVersion) {

    private static final int MAX_MESSAGES = 1000;
    private static final String VERSIONS = "1.";

    ImportDraft {
        title = onOneLine(title);
        modelName = onOneLine(modelName);
        Check.body()
                .that(exportVersion == null || exportVersion.startsWith(VERSIONS), "export_version",
                        "this version cannot be imported; permitted: 1.x", "value_error")
                .text("title", title, 1, ConversationDraft.MAX_TITLE)
                .requiredText("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .text("system_prompt", systemPrompt, 0, SystemPrompt.MAX_LENGTH)
                .required("messages", messages)
                .size("messages", messages, MAX_MESSAGES)
                .that(messages == null || messages.stream().allMatch(Objects::nonNull), "messages",
                        "none is not an allowed value", "type_error.none.not_allowed")
                .orThrow();
        systemPrompt = SystemPrompt.clean(systemPrompt);
        title = title == null ? titleOf(messages) : title;
        pinned = pinned != null && pinned;
        archived = archived != null && archived;
        tags = tags == null ? Tags.NONE : tags;
        createdAt = createdAt == null ? Optional.empty() : createdAt;
        updatedAt = updatedAt == null ? Optional.empty() : updatedAt;
    }

    ImportedTree tree() {
        return ImportedTree.of(messages, currentMessageId);
    }

    private static String onOneLine(String text) {
        return text == null ? null : text.replaceAll("\\p{Cc}+", " ");
    }

    private static String titleOf(List<ImportedMessage> messages) {
        return messages.stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .map(question -> Title.of(question.content()))
                .orElse(Conversation.UNTITLED);
    }
}
