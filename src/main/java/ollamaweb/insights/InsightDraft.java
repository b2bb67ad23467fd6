package ollamaweb.insights;

import ollamaweb.conversations.ConversationDraft;
import ollamaweb.http.Check;

/**
 * Body of {@code POST /api/v1/insights/}.
 *
 * @param goalId         for a {@code goal_review}
 * @param conversationId for a {@code conversation_digest}; null: all conversations in the time given
 * @param from           for a {@code conversation_digest}, a date or timestamp, or null
 * @param to             likewise; a date is itself part of the range
 * @param modelName      null: the user's default
 */
record InsightDraft(String kind, Long goalId, Long conversationId, String from, String to, String modelName) {

    InsightDraft {
        var check = Check.body()
                .required("kind", kind)
                .oneOf("kind", kind, InsightKind.names())
                .text("model_name", modelName, 1, ConversationDraft.MAX_MODEL_NAME);
        check.parsed("from", from, Boundary::parse);
        check.parsed("to", to, Boundary::parse);
        if ("goal_review".equals(kind)) {
            check.required("goal_id", goalId);
        } else if ("conversation_digest".equals(kind)) {
            check.that(conversationId != null || from != null || to != null, "conversation_id",
                    "field required, unless from or to is given", "value_error.missing");
        }
        check.orThrow();
    }
}
