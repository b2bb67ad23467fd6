package ollamaweb.messages;

import io.javalin.http.Context;
import ollamaweb.http.Check;
import ollamaweb.http.Input;

/**
 * Which messages of a conversation are asked for: the newest, or the newest before some message.
 *
 * @param before the id of a message; null: from the newest on
 * @param limit  the most messages, 1 to 1000
 */
public record MessageWindow(Long before, int limit) {

    private static final int MAX = 1000;
    public static final MessageWindow NEWEST = new MessageWindow(null, MAX);

    public MessageWindow {
        Check.query().range("limit", limit, 1, MAX).orThrow();
    }

    /** Reads {@code ?before=<message_id>&limit=1000}. */
    public static MessageWindow of(Context ctx) {
        return new MessageWindow(Input.queryId(ctx, "before"), Input.queryInt(ctx, "limit", MAX));
    }
}
