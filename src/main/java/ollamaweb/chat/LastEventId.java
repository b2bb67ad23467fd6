package ollamaweb.chat;

import io.javalin.http.Context;
import ollamaweb.http.Input;

/**
 * How far a client has got that comes back: the id of the last event it has seen. A {@code token} event has a number as its
 * id, the place in the content where it ends; a {@code thinking} event a number after a {@code t}, the place in the thinking.
 *
 * @param hasEnd     whether it has got the end of the stream
 * @param inThinking whether the place is one in the thinking
 * @param place      in bytes; 0 at the beginning
 */
record LastEventId(boolean hasEnd, boolean inThinking, long place) {

    /** The id of the last event of a resumed stream: a browser that comes back with it has got everything. */
    static final String END = "end";

    private static final String HEADER = "Last-Event-ID";
    private static final char THINKING = 't';

    /** A browser that reconnects sends the header; a page that opens a new stream with a new ticket can only write a URL. */
    static LastEventId of(Context ctx) {
        var header = ctx.header(HEADER);
        var id = header != null && !header.isEmpty() ? header : Input.queryText(ctx, "last_event_id", 20);
        if (id == null) {
            return new LastEventId(false, false, 0);
        }
        if (id.equals(END)) {
            return new LastEventId(true, false, 0);
        }
        boolean isThinking = id.charAt(0) == THINKING;
        return new LastEventId(false, isThinking, Input.place(HEADER, isThinking ? id.substring(1) : id));
    }

    /** @return whether the log has got that far */
    boolean isIn(TokenLog log) {
        return place <= (inThinking ? log.thinkingEnd() : log.end());
    }

    /** @return the same place in the log of an answer */
    TokenLog.Position in(TokenLog log) {
        return inThinking ? log.atThinking(place) : log.at(place);
    }
}
