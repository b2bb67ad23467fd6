package ollamaweb.insights;

import ollamaweb.conversations.ConversationDraft;
import ollamaweb.http.Check;
import ollamaweb.json.DateOrInstant;

/**
 * Body of {@code POST /api/v1/insights/}.
 *
 * @param goalId         for a {@code goal_review}
 * @param conversationId for a {@code conversation_digest}; null: all conversations in the time given
 * @param from           for a {@code conversation_digest}, a date or timestamp, or null
 * @param to             likewise; a date is itself part of the range
 * @param modelName      null: the user's default
 */
record InsightDraft(String kind, Long goalId, Long conversationId, DateOrInstant from, DateOrInstant to, String modelName) {

    /** A day of another year may begin or end outside of the years that can be written, depending on where it is. */
    private static final String YEARS = "must lie in the years 1900 to 9998";

    InsightDraft {
        var check = Check.body()
                .required("kind", kind)
                .oneOf("kind", kind, InsightKind.names())
                .text("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME)
                .that(hasBounds(from), "from", YEARS, "value_error")
                .that(hasBounds(to), "to", YEARS, "value_error");
        if ("goal_review".equals(kind)) {
            check.required("goal_id", goalId);
        } else if ("conversation_digest".equals(kind)) {
            check.that(conversationId != null || from != null || to != null, "conversation_id",
                    "field required, unless from or to is given", "value_error.missing");
        }
        check.orThrow();
    }

    private static boolean hasBounds(DateOrInstant range) {
        return range == null || range.date() == null || range.date().getYear() >= 1900 && range.date().getYear() <= 9998;
    }
}
