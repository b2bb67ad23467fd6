package ollamaweb.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ollamaweb.conversations.ConversationDraft;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.http.Check;
import ollamaweb.json.Excerpt;
import ollamaweb.messages.NewMessage;
import ollamaweb.messages.Reactions;

/**
 * A message of an {@link ImportDraft}.
 *
 * @param id       what others in the import name it by; it gets another one here
 * @param parentId the id of the message that it follows, null at a beginning; missing: the one before it
 * @param status   of an answer that is not complete; missing: it is
 * @param error    what its reader was told where it is not complete
 * @param content  Markdown, sanitized
 */
public record ImportedMessage(
        Long id,
        Optional<Long> parentId,
        String role,
        @JsonDeserialize(using = LenientText.class) String modelName,
        @JsonDeserialize(using = LenientText.class) String thinking,
        JsonNode toolCalls,
        @JsonDeserialize(using = LenientText.class) String toolName,
        @JsonDeserialize(using = LenientText.class) String content,
        Integer tokensUsed,
        Integer promptTokens,
        Long durationMs,
        String status,
        @JsonDeserialize(using = LenientText.class) String error,
        @JsonDeserialize(using = LenientText.class) String doneReason,
        Boolean favorite,
        @JsonDeserialize(using = LenientText.class) String reaction,
        Instant createdAt,
        List<ImportedFile> files) {

    private static final int MAX_FILES = 10;
    private static final int MAX_TOOL_CALLS = 64 * 1024;
    private static final int MAX_CONTENT = 1_000_000;
    /** What models write has a limit of its own; more does not fit into the body. */
    private static final int MAX_ANSWER = 16 * 1024 * 1024;
    private static final int MAX_ERROR = 1000;
    private static final int MAX_REASON = 200;
    private static final String COMPLETE = "complete";

    public ImportedMessage {
        boolean isAnswer = "assistant".equals(role);
        var check = Check.body()
                .required("role", role)
                .oneOf("role", role, "user", "assistant", "system", "tool")
                .requiredText("content", content, 0, isAnswer ? MAX_ANSWER : MAX_CONTENT)
                .that(isAnswer || content == null || content.length() > 2 * MAX_CONTENT
                        || bytes(content) <= ConversationLimits.MAX_MESSAGE_BYTES, "content",
                        "ensure this value has at most " + ConversationLimits.MAX_MESSAGE_BYTES + " bytes",
                        "value_error.any_str.max_length")
                .text("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .text("thinking", thinking, 0, MAX_ANSWER)
                .text("tool_name", toolName, 1, ConversationDraft.MAX_MODEL_NAME)
                .that(isMissing(toolCalls) || toolCalls.isArray() && toolCalls.toString().length() <= MAX_TOOL_CALLS, "tool_calls",
                        "must be a list, as JSON of at most " + MAX_TOOL_CALLS + " characters", "value_error")
                .size("files", files, MAX_FILES)
                .that(files == null || files.stream().allMatch(Objects::nonNull), "files", "none is not an allowed value",
                        "type_error.none.not_allowed")
                .oneOf("status", status, COMPLETE, "interrupted", "error")
                .that(isAnswer || status == null || status.equals(COMPLETE), "status", "only an answer can be other than complete",
                        "value_error")
                .range("tokens_used", tokensUsed, 0, Integer.MAX_VALUE)
                .range("prompt_tokens", promptTokens, 0, Integer.MAX_VALUE)
                .range("duration_ms", durationMs, 0, Long.MAX_VALUE);
        Reactions.check(check, reaction).orThrow();
        content = Sanitizer.sanitize(content);
        thinking = thinking == null || thinking.isEmpty() ? null : Sanitizer.sanitize(thinking);
        toolCalls = isMissing(toolCalls) ? null : toolCalls;
        status = status == null ? COMPLETE : status;
        error = error == null ? null : Excerpt.cut(error, MAX_ERROR);
        doneReason = doneReason == null ? null : Excerpt.cut(doneReason, MAX_REASON);
        favorite = favorite != null && favorite;
        files = files == null ? List.of() : files;
    }

    NewMessage in(long conversationId, Long parent, Instant now) {
        return new NewMessage(conversationId, parent, role, status, modelName, content, thinking,
                toolCalls == null ? null : toolCalls.toString(), toolName, tokensUsed, promptTokens, durationMs, doneReason, error,
                reaction,
                createdAt == null ? now : createdAt);
    }

    private static boolean isMissing(JsonNode node) {
        return node == null || node.isNull();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
