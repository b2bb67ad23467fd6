package ollamaweb.export;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.http.Check;

/**
 * A message of an {@link ImportDraft}.
 *
 * @param content Markdown, sanitized
 */
public record ImportedMessage(
        String role,
        @JsonDeserialize(using = LenientText.class) String content,
        Integer tokensUsed,
        Instant createdAt) {

    private static final int MAX_CONTENT = 1_000_000;

    public ImportedMessage {
        Check.body()
                .required("role", role)
                .oneOf("role", role, "user", "assistant", "system")
                .requiredText("content", content, 0, MAX_CONTENT)
                .that(content == null || content.length() > 2 * MAX_CONTENT || bytes(content) <= ConversationLimits.MAX_MESSAGE_BYTES,
                        "content",
                        "ensure this value has at most " + ConversationLimits.MAX_MESSAGE_BYTES + " bytes",
                        "value_error.any_str.max_length")
                .range("tokens_used", tokensUsed, 0, Integer.MAX_VALUE)
                .orThrow();
        content = Sanitizer.sanitize(content);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
