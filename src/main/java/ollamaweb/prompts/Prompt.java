package ollamaweb.prompts;

import java.time.Instant;

/**
 * A prompt that somebody keeps.
 *
 * @param content  may have places for {@code {{variables}}}, which whoever uses it fills in
 * @param category in the owner's words, or null
 */
public record Prompt(long id, String name, String content, String category, Instant createdAt, Instant updatedAt) {}
