package ollamaweb.users;

import java.time.Instant;

/** An account. */
public record User(long id, String ollamaUrl, boolean isAdmin, Instant createdAt) {}
