package ollamaweb.messages;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * One message with its whole texts, as exports write it.
 *
 * @param parentId   the message that it follows; null at the beginning of a conversation
 * @param role       {@code user}, {@code assistant}, {@code system} or {@code tool}
 * @param modelName  the model that wrote it; null where nobody knows
 * @param toolCalls  what the model wanted to call, as the JSON array that came, or null
 * @param toolName   the tool that this is the result of, or null
 * @param thinking   what the model thought before it answered, or null
 * @param content    of an answer in the making: what is saved so far
 * @param tokensUsed the tokens of the answer as its model counted them, or null
 * @param hasFiles   whether files came with it
 * @param status     {@code complete}, {@code streaming}, {@code interrupted} or {@code error}
 * @param error      what its readers were told where it is not complete, or null
 * @param doneReason why its model ended it, or null
 */
public record Message(
        long id,
        Long parentId,
        String role,
        String modelName,
        @JsonRawValue String toolCalls,
        String toolName,
        String thinking,
        String content,
        Integer tokensUsed,
        Integer promptTokens,
        Long durationMs,
        boolean favorite,
        String reaction,
        Instant createdAt,
        String status,
        String error,
        String doneReason,
        boolean hasFiles) {}
