package ollamaweb.imports;

import java.time.Instant;
import java.util.List;
import ollamaweb.imports.sources.SourceEnding;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.messages.NewMessage;

/**
 * A message that can be kept as it is.
 *
 * @param key    tells it from others of the conversation
 * @param ending with a status that a message can have
 * @param parent the place of the one that it follows, which comes before; or -1
 * @param hash   of what the source says of it
 */
record CheckedMessage(
        String key,
        int parent,
        String role,
        String content,
        String thinking,
        String modelName,
        String toolCalls,
        String toolName,
        Instant createdAt,
        boolean favorite,
        String reaction,
        Integer tokensUsed,
        Integer promptTokens,
        Long durationMs,
        SourceEnding ending,
        List<SourceFile> files,
        String hash) {

    /** @param parentId the one that it follows here, or null */
    NewMessage in(long conversationId, Long parentId) {
        return new NewMessage(conversationId, parentId, role, ending.status(), modelName, content, thinking, toolCalls, toolName,
                tokensUsed,
                promptTokens, durationMs, ending.doneReason(), ending.error(), reaction, createdAt);
    }
}
