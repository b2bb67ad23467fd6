package ollamaweb.insights;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ollamaweb.db.Transaction;
import ollamaweb.json.Json;

/** The insights of an account as an export has them. */
public final class InsightArchive {

    private InsightArchive() {}

    /** @return those after one that are not being written, in the order of their ids */
    public static List<ArchivedInsight> list(Transaction tx, long userId, long after, int limit) {
        return tx.dao(InsightArchiveDao.class).list(userId, after, limit).stream().map(InsightArchive::archived).toList();
    }

    /** Tells by which ids the account has what an insight names. */
    public interface Names {

        /** @param type {@code task}, {@code goal}, {@code message} or {@code conversation} */
        Optional<Long> of(String type, long id);
    }

    /**
     * Makes an insight of the account.
     *
     * @return its id
     * @throws ollamaweb.http.ApiException 422 if it cannot be
     */
    public static long insert(Transaction tx, long userId, ArchivedInsight archived, Names names, Instant now) {
        archived.check();
        var created = archived.createdAt() == null ? now : archived.createdAt();
        return tx.dao(InsightArchiveDao.class).insert(userId, new Insight(
                0,
                archived.kind(),
                archived.status(),
                archived.modelName(),
                archived.goalId() == null ? null : names.of("goal", archived.goalId()).orElse(null),
                archived.conversationId() == null ? null : names.of("conversation", archived.conversationId()).orElse(null),
                archived.from(),
                archived.to(),
                archived.content() == null
                        ? null
                        : Citations.renamed(archived.content(), source -> names.of(source.type(), source.id())),
                archived.error(),
                Json.write(renamed(archived.sources(), names)),
                Json.write(archived.claims().stream()
                        .map(claim -> new Claim(claim.text(), claim.supported(), renamed(claim.sources(), names))).toList()),
                archived.schedule(),
                archived.tokensUsed(),
                archived.attempts(),
                created,
                archived.startedAt(),
                archived.finishedAt()));
    }

    /** An insight of the account goes where a newer one comes in its place. */
    public static void delete(Transaction tx, long userId, long id) {
        tx.dao(InsightDao.class).delete(id, userId);
    }

    private static List<Source> renamed(List<Source> sources, Names names) {
        return sources.stream()
                .flatMap(source -> names.of(source.type(), source.id()).map(id -> new Source(source.type(), id)).stream())
                .toList();
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
