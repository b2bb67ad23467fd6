package ollamaweb.insights;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import ollamaweb.config.SettingDao;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.db.Transaction;
import ollamaweb.goals.GoalDao;
import ollamaweb.http.ApiException;
import ollamaweb.http.Check;
import ollamaweb.json.DateOrInstant;
import ollamaweb.users.TimeZoneDao;

/** The statements that take an order for an insight, or refuse it whole. */
record InsightRequest(Transaction tx, long userId, InsightDraft draft, Instant now) {

    private static final int MOST_PENDING = 20;
    private static final int RETRY_AFTER_SECONDS = 60;

    /** @return the id of the pending insight */
    long place() {
        if (insights().count(userId, new InsightDao.Filter(null, Insight.PENDING)) >= MOST_PENDING) {
            throw ApiException.tooManyRequests("At most " + MOST_PENDING + " insights can be pending", RETRY_AFTER_SECONDS);
        }
        return switch (InsightKind.named(draft.kind())) {
            case DAILY_SUMMARY -> ofToday();
            case GOAL_REVIEW -> ofGoal();
            case CONVERSATION_DIGEST -> ofConversations();
        };
    }

    private long ofToday() {
        var zone = zone();
        var day = DateOrInstant.of(LocalDate.ofInstant(now, zone));
        return insert(null, null, day.start(zone), day.end(zone));
    }

    private long ofGoal() {
        Check.body()
                .that(tx.dao(GoalDao.class).exists(draft.goalId(), userId),
                        "goal_id", "goal not found", "value_error")
                .orThrow();
        return insert(draft.goalId(), null, null, null);
    }

    private long ofConversations() {
        var conversation = draft.conversationId();
        var from = draft.from() == null ? null : draft.from().start(zone());
        var to = draft.to() == null ? null : draft.to().end(zone());
        Check.body()
                .that(conversation == null
                        || tx.dao(ConversationDao.class).find(conversation, userId).filter(Conversation::isOwn).isPresent(),
                        "conversation_id", "conversation not found", "value_error")
                .that(from == null || to == null || from.isBefore(to), "to", "must be later than from", "value_error")
                .orThrow();
        return insert(null, conversation, from, to);
    }

    private long insert(Long goalId, Long conversationId, Instant from, Instant to) {
        return insights().insert(userId, draft.kind(), modelName(), goalId, conversationId, from, to, now);
    }

    private String modelName() {
        return draft.modelName() != null ? draft.modelName() : tx.dao(SettingDao.class).findDefaultModel(userId)
                .orElseThrow(() -> ApiException.invalid("model_name", "field required", "value_error.missing"));
    }

    private ZoneId zone() {
        return tx.dao(TimeZoneDao.class).find(userId).orElse(ZoneOffset.UTC);
    }

    private InsightDao insights() {
        return tx.dao(InsightDao.class);
    }
}
