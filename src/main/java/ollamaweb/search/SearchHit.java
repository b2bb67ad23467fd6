package ollamaweb.search;

import java.time.Instant;

/** A message that was found, and the place where. */
public record SearchHit(long conversationId, long messageId, String role, String content, Instant createdAt, String snippet) {}
