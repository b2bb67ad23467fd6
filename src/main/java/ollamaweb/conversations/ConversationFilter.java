package ollamaweb.conversations;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;
import ollamaweb.http.Input;
import ollamaweb.http.Tags;
import ollamaweb.json.Texts;

/**
 * Which conversations a list is to show; null asks for all.
 *
 * @param search        a part of the title, folded
 * @param archived      the archived ones, or those that are not
 * @param favorite      whether there is a favorite message in it
 * @param shared        whether there is a link to it that is still good
 * @param now           the moment for which that is asked
 * @param updatedAfter  changed at this moment or later
 * @param updatedBefore changed earlier than this moment
 */
public record ConversationFilter(
        String search,
        String tag,
        Boolean pinned,
        boolean archived,
        String modelName,
        Boolean favorite,
        Boolean shared,
        Instant now,
        Instant updatedAfter,
        Instant updatedBefore) {

    static ConversationFilter of(Context ctx, Instant now) {
        var search = Input.queryText(ctx, "search", ConversationDraft.MAX_TITLE);
        return new ConversationFilter(
                search == null ? null : Texts.fold(search),
                Input.queryText(ctx, "tag", Tags.MAX_LENGTH),
                Input.queryChoice(ctx, "pinned"),
                Input.queryFlag(ctx, "archived"),
                Input.queryText(ctx, "model_name", ConversationDraft.MAX_MODEL_NAME),
                Input.queryChoice(ctx, "favorite"),
                Input.queryChoice(ctx, "shared"),
                now,
                time(ctx, "updated_after"),
                time(ctx, "updated_before"));
    }

    /** @return whether it asks for all that are not in the archive */
    boolean isOfCurrent() {
        return !archived && Stream.of(search, tag, pinned, modelName, favorite, shared, updatedAfter, updatedBefore)
                .allMatch(Objects::isNull);
    }

    /** A day begins at midnight UTC. */
    private static Instant time(Context ctx, String name) {
        var time = Input.queryTime(ctx, name);
        return time == null ? null : time.start(ZoneOffset.UTC);
    }
}
