package ollamaweb.export;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;
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
                .range("tokens_used", tokensUsed, 0, Integer.MAX_VALUE)
                .orThrow();
        content = Sanitizer.sanitize(content);
    }
}
