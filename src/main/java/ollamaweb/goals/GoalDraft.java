package ollamaweb.goals;

import ollamaweb.http.Check;
import ollamaweb.json.Days;

/** Body of {@code POST /api/v1/goals}. */
public record GoalDraft(String title, String description, String targetDate, String status, Double progress) {

    private static final int MAX_TITLE = 200;
    private static final int MAX_DESCRIPTION = 10_000;

    public GoalDraft {
        check(title, description, targetDate, status, progress).required("title", title).orThrow();
        status = status == null ? Goal.ACTIVE : status;
        progress = progress == null ? 0.0 : progress;
    }

    /** @return what is wrong with those that are not null */
    static Check check(String title, String description, String targetDate, String status, Double progress) {
        return Check.body()
                .text("title", title, 1, MAX_TITLE)
                .text("description", description, 0, MAX_DESCRIPTION)
                .that(targetDate == null || Days.parse(targetDate).isPresent(), "target_date",
                        "invalid date format", "value_error.date")
                .oneOf("status", status, Goal.STATUSES)
                .range("progress", progress, 0, 1);
    }
}
