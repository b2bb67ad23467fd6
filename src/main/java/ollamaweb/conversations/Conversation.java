package ollamaweb.conversations;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import ollamaweb.access.ConversationRole;
import ollamaweb.json.Json;

/**
 * A conversation as lists show it.
 *
 * @param messageCount     how many messages its current path has
 * @param currentMessageId the message that the current path leads to; null when there is none
 * @param pinned           whether it comes first in lists
 * @param archived         whether lists leave it out unless it is asked for
 * @param tags             what it is filed under, as a JSON array of texts
 * @param role             what the user may do with it that asks; pinned, archived and tags are of that user
 * @param membershipId     what that user's streams end with; null for the owner
 * @param trashedAt        when it was thrown away; null while it is not in the trash
 */
public record Conversation(
        long id,
        long userId,
        String title,
        String modelName,
        String systemPrompt,
        Instant createdAt,
        Instant updatedAt,
        long messageCount,
        Long currentMessageId,
        boolean pinned,
        boolean archived,
        @JsonRawValue String tags,
        ConversationRole role,
        @JsonIgnore Long membershipId,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant trashedAt) {

    /** The title of a conversation that has not been given one, until its first message does. */
    public static final String UNTITLED = "New Conversation";

    /** @return whether it is the user's that asks */
    @JsonIgnore
    public boolean isOwn() {
        return role == ConversationRole.OWNER;
    }

    /** @return {@link #tags}, each by itself */
    public List<String> tagList() {
        return List.of(Json.read(tags, String[].class));
    }
}
