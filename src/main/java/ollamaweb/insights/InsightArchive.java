package ollamaweb.insights;

import java.util.List;
import ollamaweb.db.Transaction;
import ollamaweb.json.Json;

/** The insights of an account as an export has them. */
public final class InsightArchive {

    private InsightArchive() {}

    /** @return those after one that are not being written, in the order of their ids */
    public static List<ArchivedInsight> list(Transaction tx, long userId, long after, int limit) {
        return tx.dao(InsightArchiveDao.class).list(userId, after, limit).stream().map(InsightArchive::archived).toList();
    }

    private static ArchivedInsight archived(Insight insight) {
        return new ArchivedInsight(
                insight.id(),
                insight.kind(),
                insight.status(),
                insight.modelName(),
                insight.goalId(),
                insight.conversationId(),
                insight.from(),
                insight.to(),
                insight.content(),
                insight.error(),
                List.of(Json.read(insight.sources(), Source[].class)),
                List.of(Json.read(insight.claims(), Claim[].class)),
                insight.schedule(),
                insight.tokensUsed(),
                insight.attempts(),
                insight.createdAt(),
                insight.startedAt(),
                insight.finishedAt());
    }
}
