package ollamaweb.messages;

import io.javalin.http.Context;
import ollamaweb.db.Transaction;
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

    /**
     * @param current the message that the conversation's path leads to; null for an empty path
     * @return the newest message of the window, or null when there is none
     */
    public Long last(Transaction tx, long conversationId, Long current) {
        if (before == null || current == null) {
            return current;
        }
        var place = tx.dao(MessageDao.class).findIn(conversationId, before);
        return place.isPresent() ? place.get().parentId() : tx.dao(PathDao.class).findBefore(current, before).orElse(null);
    }

    /** Reads {@code ?before=<message_id>&limit=1000}. */
    public static MessageWindow of(Context ctx) {
        return new MessageWindow(Input.queryId(ctx, "before"), Input.queryInt(ctx, "limit", MAX));
    }
}
