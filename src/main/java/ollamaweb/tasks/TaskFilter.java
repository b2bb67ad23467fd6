package ollamaweb.tasks;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import ollamaweb.http.Check;
import ollamaweb.http.Input;
import ollamaweb.http.Tags;

/**
 * Which tasks a list is to show; null asks for all.
 *
 * @param dueAfter  due at this moment or later
 * @param dueBefore due earlier than this moment, so that the weeks of a calendar neither overlap nor leave a gap
 */
public record TaskFilter(
        String status,
        String priority,
        String tag,
        Long goalId,
        Long parentId,
        Instant dueAfter,
        Instant dueBefore) {

    private static final int LONGEST_WORD = 50;

    public TaskFilter {
        Check.query()
                .oneOf("status", status, Task.STATUSES)
                .oneOf("priority", priority, Task.PRIORITIES)
                .orThrow();
    }

    /** @param zone where a day that is given begins */
    static TaskFilter of(Context ctx, ZoneId zone) {
        return new TaskFilter(
                Input.queryText(ctx, "status", LONGEST_WORD),
                Input.queryText(ctx, "priority", LONGEST_WORD),
                Input.queryText(ctx, "tag", Tags.MAX_LENGTH),
                Input.queryId(ctx, "goal_id"),
                Input.queryId(ctx, "parent_id"),
                due(ctx, "due_after", zone),
                due(ctx, "due_before", zone));
    }

    private static Instant due(Context ctx, String name, ZoneId zone) {
        var due = Input.queryTime(ctx, name);
        return due == null ? null : due.start(zone);
    }
}
