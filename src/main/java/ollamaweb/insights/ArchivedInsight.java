package ollamaweb.insights;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import ollamaweb.http.Check;

/**
 * An insight as an export of the account has it.
 *
 * @param id             by which the export tells it from others
 * @param goalId         the id of a goal of the same export, or null
 * @param conversationId the id of a conversation of the same export, or null
 * @param content        in which tasks, goals and messages are cited by the ids that they have in the export
 * @param sources        what the text cites, by the same ids
 * @param claims         what the text says, likewise
 */
public record ArchivedInsight(
        Long id,
        String kind,
        String status,
        String modelName,
        Long goalId,
        Long conversationId,
        Instant from,
        Instant to,
        String content,
        String error,
        List<Source> sources,
        List<Claim> claims,
        String schedule,
        Integer tokensUsed,
        Integer attempts,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {

    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_NAME = 255;
    private static final int MAX_CITED = 10_000;

    public ArchivedInsight {
        sources = sources == null ? List.of() : sources;
        claims = claims == null ? List.of() : claims;
        attempts = attempts == null ? Integer.valueOf(0) : attempts;
    }

    /** @throws ollamaweb.http.ApiException 422 naming the field that no insight can have */
    public void check() {
        Check.body()
                .required("id", id)
                .required("kind", kind)
                .oneOf("kind", kind, InsightKind.names())
                .required("status", status)
                .oneOf("status", status, Insight.READY, Insight.FAILED)
                .requiredText("model_name", modelName, 0, MAX_NAME)
                .text("content", content, 0, MAX_TEXT)
                .text("error", error, 0, MAX_TEXT)
                .oneOf("schedule", schedule, Schedule.DAILY.text(), Schedule.WEEKLY.text())
                .range("tokens_used", tokensUsed, 0, Integer.MAX_VALUE)
                .range("attempts", attempts, 0, Integer.MAX_VALUE)
                .size("sources", sources, MAX_CITED)
                .size("claims", claims, MAX_CITED)
                .that(areWhole(sources), "sources", "must name a type and an id each", "value_error")
                .that(claims.stream()
                        .allMatch(claim -> claim != null && claim.text() != null && areWhole(claim.sources())), "claims",
                        "must have a text and sources each", "value_error")
                .orThrow();
    }

    private static boolean areWhole(List<Source> sources) {
        return sources != null && sources.stream().allMatch(source -> Objects.nonNull(source) && source.type() != null
                && source.type().matches("task|goal|message"));
    }
}
