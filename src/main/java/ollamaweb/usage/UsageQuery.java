package ollamaweb.usage;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import ollamaweb.http.Check;
import ollamaweb.http.Input;

/**
 * What is to be summed.
 *
 * @param from    the first moment that counts; a date begins at midnight UTC
 * @param to      the first moment that does not count any more
 * @param groupBy {@code day}, {@code model}, {@code key}, {@code conversation} or, of all accounts, {@code user}
 */
record UsageQuery(Instant from, Instant to, String groupBy, boolean all) {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00.000Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final int LONGEST_WORD = 20;

    UsageQuery {
        Check.query().oneOf("group_by", groupBy, "day", "model", "key", "conversation", "user").orThrow();
        groupBy = groupBy == null ? all ? "user" : "day" : groupBy;
    }

    static UsageQuery of(Context ctx) {
        return new UsageQuery(time(ctx, "from", FIRST), time(ctx, "to", LAST), Input.queryText(ctx, "group_by", LONGEST_WORD),
                Input.queryFlag(ctx, "all"));
    }

    private static Instant time(Context ctx, String name, Instant fallback) {
        var time = Input.queryTime(ctx, name);
        return time == null ? fallback : time.start(ZoneOffset.UTC);
    }

    /** @return the field that names what a sum is of */
    String field() {
        return switch (groupBy) {
            case "day", "model" -> groupBy;
            default -> groupBy + "_id";
        };
    }

    boolean isNamedById() {
        return field().endsWith("_id");
    }
}
