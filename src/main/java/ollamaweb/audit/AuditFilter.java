package ollamaweb.audit;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import ollamaweb.http.Check;
import ollamaweb.http.Input;

/**
 * Which entries a list is to show; null asks for all.
 *
 * @param userId who did it, or to whom it was done
 * @param after  done at this moment or later
 * @param before done earlier than this moment
 */
public record AuditFilter(String action, Long userId, String address, Instant after, Instant before) {

    private static final int LONGEST_WORD = 100;

    public AuditFilter {
        Check.query().oneOf("action", action, AuditAction.texts()).orThrow();
    }

    static AuditFilter of(Context ctx) {
        return new AuditFilter(Input.queryText(ctx, "action", LONGEST_WORD), Input.queryId(ctx, "user_id"),
                Input.queryText(ctx, "address", LONGEST_WORD), time(ctx, "after"), time(ctx, "before"));
    }

    private static Instant time(Context ctx, String name) {
        var time = Input.queryTime(ctx, name);
        return time == null ? null : time.start(ZoneOffset.UTC);
    }
}
