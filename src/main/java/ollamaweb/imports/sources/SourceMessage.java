package ollamaweb.imports.sources;

import java.time.Instant;
import java.util.List;

/**
 * A message as its source tells it. Nothing in it is checked.
 *
 * @param id        by which others in the same conversation name it, never null; where the source has none, its place
 * @param parentId  the id of the message that it follows; null at a beginning
 * @param role      {@code user}, {@code assistant}, {@code system} or {@code tool}
 * @param content   Markdown, may be empty
 * @param thinking  null where there is none
 * @param modelName null where the source does not tell it
 * @param toolCalls as Ollama's JSON list, or null
 * @param toolName  of the tool whose answer it is, or null
 * @param createdAt null where the source does not tell it
 * @param reaction  an emoji, or null
 * @param tokensUsed   of the answer, or null
 * @param promptTokens of what the model was given, or null
 * @param durationMs   how long the answer took, or null
 * @param ending       how the answer came to its end
 */
public record SourceMessage(
        String id,
        String parentId,
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
        List<SourceFile> files) {}
