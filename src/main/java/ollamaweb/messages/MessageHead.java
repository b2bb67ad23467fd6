package ollamaweb.messages;

import java.time.Instant;

/**
 * A message as it is read for a list: all that is small of it, and its texts where they are small too.
 *
 * @param authorId      who asked for it; the account may be gone
 * @param versions      the ids of the messages that follow the same one, itself included, oldest first, with commas between
 * @param hasFiles      whether files came with it
 * @param contentBytes  how long its content is, as UTF-8; of an answer in the making, with what is saved of it
 * @param thinkingBytes how long its thinking is, as UTF-8
 * @param content       null where the texts are large or still grow
 * @param thinking      null where there is none, and where the content is
 */
public record MessageHead(
        long id,
        long conversationId,
        Long parentId,
        String role,
        String status,
        String modelName,
        long authorId,
        Integer tokensUsed,
        Integer promptTokens,
        Long durationMs,
        boolean favorite,
        String reaction,
        Instant createdAt,
        String toolName,
        String toolCalls,
        String versions,
        boolean hasFiles,
        long contentBytes,
        long thinkingBytes,
        String thinking,
        String content) {

    boolean isLarge() {
        return content == null;
    }

    long bytes() {
        return contentBytes + thinkingBytes;
    }
}
