package ollamaweb.imports.sources;

import java.time.Instant;
import java.util.List;

/**
 * A conversation as its source tells it. Nothing in it is checked.
 *
 * @param id               by which the source tells it from others, the same in each of its exports; null where there is none
 * @param title            null or blank: the first question becomes the title
 * @param modelName        of the conversation; null: that of its last answer
 * @param systemPrompt     null where there is none
 * @param createdAt        null: when its first message was made
 * @param updatedAt        null: when its last message was made
 * @param currentMessageId to which message the path leads; null: the newest that nothing follows
 * @param messages         in the order of the source
 * @param notes            what of it could not be brought along, as sentences for the report
 */
public record SourceConversation(
        String id,
        String title,
        String modelName,
        String systemPrompt,
        Instant createdAt,
        Instant updatedAt,
        boolean pinned,
        boolean archived,
        List<String> tags,
        String currentMessageId,
        List<SourceMessage> messages,
        List<String> notes) {}
