package ollamaweb.chat;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import ollamaweb.chat.GenerationDao.Ended;
import ollamaweb.concurrent.Threads;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Transaction;
import ollamaweb.events.ConversationEventDao;
import ollamaweb.usage.AnswerUsage;
import ollamaweb.usage.DailyTokenDao;
import ollamaweb.usage.UsageDao;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the outcomes of answers. A write that fails is tried again with less, so that whatever is wrong with an answer,
 * its row is closed and its conversation can be used again.
 */
final class GenerationClosing {

    private static final Logger logger = LoggerFactory.getLogger(GenerationClosing.class);
    private static final int BYTES_OF_TOKEN = 4;
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofSeconds(1);
    /** A longer text is joined by the database, which has most of it already. */
    private static final int MOST_AT_ONCE = 256 * 1024;

    private final Database database;
    private final Clock clock;
    private volatile Consumer<AnswerUsage> ended = usage -> {};

    /** What is written of the text, in the order in which it is tried. */
    private enum Way {
        WHOLE, SAVED_PARTS_AND_REST, SAVED_PARTS, NO_TEXT
    }

    GenerationClosing(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param heard what is told of each answer that has ended, once it is saved or given up */
    void onEnd(Consumer<AnswerUsage> heard) {
        ended = heard;
    }

    /**
     * Writes the outcome, then tells the followers. If the database does not take it, they are told that at once, and
     * the write is tried again until it is taken or the server stops.
     *
     * @param givesUp whether the server stops
     */
    void close(Generation generation, Outcome outcome, BooleanSupplier givesUp) {
        var closing = outcome;
        var way = generation.log().end() + generation.log().thinkingEnd() > MOST_AT_ONCE ? Way.SAVED_PARTS_AND_REST : Way.WHOLE;
        while (true) {
            try {
                generation.close(write(generation, closing, way));
                hasEnded(generation, closing);
                return;
            } catch (DatabaseUnavailableException e) {
                Quietly.run(() -> logger.error("Could not save the end of answer {}, will try again", generation.id(), e));
                closing = Outcome.failed(e.getMessage());
            } catch (RuntimeException | Error e) {
                Quietly.run(() -> logger.error("Could not save the end of answer {}, will try with less", generation.id(), e));
                if (way != Way.NO_TEXT) {
                    way = less(way);
                    closing = way == Way.SAVED_PARTS_AND_REST ? closing : Outcome.NOT_SAVED_WHOLE;
                    continue;
                }
            }
            generation.tell(closing);
            if (givesUp.getAsBoolean()) {
                generation.close(closing);
                hasEnded(generation, closing);
                return;
            }
            Threads.pause(PAUSE_BEFORE_RETRY);
            way = Way.SAVED_PARTS_AND_REST;
        }
    }

    private void hasEnded(Generation generation, Outcome outcome) {
        Quietly.run(() -> ended.accept(usage(generation, outcome)));
    }

    private static Way less(Way way) {
        return switch (way) {
            case WHOLE -> Way.SAVED_PARTS_AND_REST;
            case SAVED_PARTS_AND_REST -> Way.SAVED_PARTS;
            case SAVED_PARTS, NO_TEXT -> Way.NO_TEXT;
        };
    }

    /** @return what the followers are told: that all is well only if the row says so */
    private Outcome write(Generation generation, Outcome outcome, Way way) {
        return database.save(tx -> {
            var answers = tx.dao(GenerationDao.class);
            var usage = usage(generation, outcome);
            tx.dao(UsageDao.class).insert(usage);
            tx.dao(DailyTokenDao.class).add(usage.userId(), usage.keyId(), usage.day(), tokens(usage, generation));
            if (write(answers, generation, outcome, way)) {
                tx.dao(ConversationEventDao.class).messageUpdated(generation.question().conversationId(), generation.id(), clock.instant());
                if (way != Way.NO_TEXT) {
                    settle(tx, generation, outcome);
                }
                return outcome;
            }
            return outcome.error() == null ? endWithoutRow(answers, generation.id()) : outcome;
        });
    }

    private AnswerUsage usage(Generation generation, Outcome outcome) {
        var question = generation.question();
        var counts = outcome.counts().answer();
        return new AnswerUsage(question.userId(), question.keyId(), question.conversationId(), question.modelName(), clock.instant(),
                counts.promptTokens(), counts.answerTokens(), generation.firstTokenMillis(), counts.durationMillis(), outcome.status());
    }

    /** Of an answer that ended before its model said how many tokens it had, they are guessed: nobody saves some by stopping it. */
    private static long tokens(AnswerUsage usage, Generation generation) {
        long answered =
                usage.answerTokens() != null ? usage.answerTokens() : (generation.log().end() - generation.newFrom()) / BYTES_OF_TOKEN;
        return answered + (usage.promptTokens() == null ? 0 : usage.promptTokens());
    }

    /** @return how an answer has ended that is no longer in the making according to the database */
    static Outcome endWithoutRow(GenerationDao answers, long id) {
        return answers.findStatus(id).isPresent() ? Outcome.closedElsewhere() : Outcome.deleted();
    }

    /** @return false if the row is gone, or was closed by somebody else */
    private boolean write(GenerationDao answers, Generation generation, Outcome outcome, Way way) {
        long id = generation.id();
        long serverId = generation.question().serverId();
        var log = generation.log();
        var ended = Ended.of(outcome, clock.instant());
        return switch (way) {
            case WHOLE -> answers.close(id, serverId, log.text(0, log.end()),
                    log.thinkingEnd() == 0 ? null : log.thinking(0, log.thinkingEnd()), ended);
            case SAVED_PARTS_AND_REST -> {
                generation.saving().unsaved().append(answers);
                yield answers.closeJoined(id, serverId, ended);
            }
            case SAVED_PARTS -> answers.closeJoined(id, serverId, ended);
            case NO_TEXT -> answers.closeWithoutText(id, serverId, ended.status(), ended.error(), ended.now());
        };
    }

    private void settle(Transaction tx, Generation generation, Outcome outcome) {
        var question = generation.question();
        var answers = tx.dao(GenerationDao.class);
        answers.deleteParts(generation.id());
        if (generation.toolCalls() != null) {
            answers.setToolCalls(generation.id(), generation.toolCalls());
        }
        if (question.isOtherVersion() && outcome.status().equals(Outcome.COMPLETE)) {
            tx.dao(ConversationDao.class).follow(question.conversationId(), generation.id());
        } else if (question.isOtherVersion() && generation.log().end() > 0) {
            answers.replaceBrokenOff(question.conversationId(), question.messageId(), generation.id());
        }
        var counts = outcome.counts();
        tx.dao(ContextDao.class).complete(generation.id(), counts.digest(), counts.answer().promptTokens(), counts.contextLength(),
                counts.promptCut());
        tx.dao(ConversationDao.class).touch(question.conversationId(), clock.instant());
    }
}
