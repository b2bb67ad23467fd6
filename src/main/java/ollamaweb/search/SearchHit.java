package ollamaweb.search;

import java.time.Instant;

/**
 * A message that was found, and the place where.
 *
 * @param onCurrentPath whether the conversation shows it; else it is on another branch
 */
public record SearchHit(
        long conversationId,
        long messageId,
        String role,
        String content,
        Instant createdAt,
        String snippet,
        boolean onCurrentPath) {

    /** A message of which it is not yet known on which branch it is. */
    public SearchHit(long conversationId, long messageId, String role, String content, Instant createdAt, String snippet) {
        this(conversationId, messageId, role, content, createdAt, snippet, false);
    }

    SearchHit onCurrentPath(boolean isOnIt) {
        return new SearchHit(conversationId, messageId, role, content, createdAt, snippet, isOnIt);
    }
}
