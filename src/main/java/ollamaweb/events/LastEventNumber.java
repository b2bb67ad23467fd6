package ollamaweb.events;

import io.javalin.http.Context;
import ollamaweb.http.Input;

/** The number of the last event that a client was told, as it says itself when it comes back. */
public final class LastEventNumber {

    private static final String HEADER = "Last-Event-ID";
    private static final int LONGEST_ID = 20;

    private LastEventNumber() {}

    /**
     * Reads {@code Last-Event-ID}, or {@code ?last_event_id=} from clients that cannot send headers.
     *
     * @return null for a client that comes anew
     * @throws ollamaweb.http.ApiException 422 if it is no number
     */
    public static Long of(Context ctx) {
        var header = ctx.header(HEADER);
        var reached = header != null && !header.isEmpty() ? header : Input.queryText(ctx, "last_event_id", LONGEST_ID);
        return reached == null ? null : Long.valueOf(Input.place(HEADER, reached));
    }
}
