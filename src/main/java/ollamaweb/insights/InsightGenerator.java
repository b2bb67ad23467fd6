package ollamaweb.insights;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.EventDao;
import ollamaweb.json.Json;
import ollamaweb.models.ModelProviders;
import ollamaweb.providers.ChatRequest;
import ollamaweb.providers.ProviderException;
import ollamaweb.turns.Turns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one insight: reads what it is about, asks the model, and decides what becomes of the job. */
final class InsightGenerator {

    private static final Logger log = LoggerFactory.getLogger(InsightGenerator.class);
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(5));

    private final Database database;
    private final ModelProviders providers;
    private final Turns turns;
    private final Clock clock;

    /** What becomes of a job, as a statement to be executed. */
    @FunctionalInterface
    interface Outcome {
        boolean on(Transaction tx);
    }

    /** The event that tells of a text. */
    record Ready(long id, String kind, String schedule) {}

    private record Read(PromptContext context, String now) {}

    InsightGenerator(Database database, ModelProviders providers, Turns turns, Clock clock) {
        this.database = database;
        this.providers = providers;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * Blocks while the model writes.
     *
     * @param closing whether the server is stopping: then a job that broke off is as if it had not been begun
     */
    Outcome write(Job job, Attempt attempt, BooleanSupplier closing) {
        try {
            return written(job, attempt);
        } catch (ProviderException e) {
            return closing.getAsBoolean() ? tx -> jobs(tx).release(job.id(), job.serverId()) : failed(job, e.getMessage(), canBeRetried(e));
        } catch (RuntimeException e) {
            log.error("Insight {} failed", job.id(), e);
            return failed(job, "An internal server error occurred", true);
        }
    }

    private Outcome written(Job job, Attempt attempt) {
        var read = database.read(tx -> {
            var reading = new SourceCollector(tx, job);
            return new Read(reading.context(), reading.now());
        });
        if (read.context().isEmpty()) {
            return unasked(job);
        }
        var request = Prompt.of(job, read.context(), read.now());
        var text = inTurn(job, attempt, request);
        var given = read.context().sources();
        var claims = new Claims(text, given);
        if (!mayDrop(job)) {
            return finished(job, text, Citations.in(text, given), claims.all(), attempt.tokensUsed());
        }
        if (!claims.supported().isEmpty()) {
            var kept = claims.supportedText();
            return finished(job, kept, Citations.in(kept, given), claims.supported(), attempt.tokensUsed());
        }
        if (job.isScheduled()) {
            throw ProviderException.broken("The model cited nothing that it was given", null);
        }
        return finished(job, text, given, claims.all(), attempt.tokensUsed());
    }

    private String inTurn(Job job, Attempt attempt, ChatRequest request) {
        var target = providers.target(job.userId(), job::modelName);
        var turn = attempt.awaitTurn(() -> turns.tryBackground(target.host()));
        try {
            return attempt.run(listener -> target.chat(request, listener));
        } finally {
            turn.close();
        }
    }

    /** There is nothing to read, so no model needs to be asked to say that. */
    private Outcome unasked(Job job) {
        var text = InsightKind.named(job.kind()).nothingToSay();
        return text == null
                ? failed(job, "The goal was deleted", false)
                : finished(job, text, List.of(), List.of(), null);
    }

    /** @return whether a digest is to say only what it can cite */
    private static boolean mayDrop(Job job) {
        return job.isScheduled() || InsightKind.named(job.kind()) == InsightKind.CONVERSATION_DIGEST;
    }

    private Outcome finished(Job job, String text, List<Source> sources, List<Claim> claims, Integer tokensUsed) {
        return tx -> {
            var now = clock.instant();
            boolean kept = jobs(tx).finish(job.id(), job.serverId(), text, Json.write(sources), Json.write(claims), tokensUsed, now);
            if (kept) {
                tx.dao(EventDao.class).add(job.userId(), "insight", new Ready(job.id(), job.kind(), job.schedule()), now);
            }
            return kept;
        };
    }

    private static JobDao jobs(Transaction tx) {
        return tx.dao(JobDao.class);
    }

    private Outcome failed(Job job, String reason, boolean canBeRetried) {
        if (canBeRetried && job.attempts() <= PAUSES.size()) {
            var due = clock.instant().plus(PAUSES.get(job.attempts() - 1));
            log.info("Insight {} will be tried again at {}: {}", job.id(), due, reason);
            return tx -> jobs(tx).postpone(job.id(), job.serverId(), reason, due);
        }
        log.warn("Insight {} failed after {} attempts: {}", job.id(), job.attempts(), reason);
        return tx -> jobs(tx).fail(job.id(), job.serverId(), reason, clock.instant());
    }

    private static boolean canBeRetried(ProviderException e) {
        return switch (e.reason()) {
            case UNREACHABLE, REFUSED, BROKEN, SILENT -> true;
            case MODEL_NOT_FOUND, FORBIDDEN_ADDRESS -> false;
        };
    }
}
