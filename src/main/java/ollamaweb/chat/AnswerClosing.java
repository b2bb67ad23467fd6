package ollamaweb.chat;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the endings of answers. A write that fails is tried again with less, so that whatever is wrong with an answer,
 * its row is closed and its conversation can be used again.
 */
final class AnswerClosing {

    private static final Logger log = LoggerFactory.getLogger(AnswerClosing.class);
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofSeconds(1);
    /** A longer text is joined by the database, which has most of it already. */
    private static final int MOST_AT_ONCE = 256 * 1024;

    private final Database database;
    private final Clock clock;

    /** What is written of the text, in the order in which it is tried. */
    private enum Way { WHOLE, SAVED_PARTS_AND_REST, SAVED_PARTS, NO_TEXT }

    AnswerClosing(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes the ending, then tells the followers. If the database does not take it, they are told that at once, and
     * the write is tried again until it is taken or the server stops.
     *
     * @param givesUp whether the server stops
     */
    void close(Reply reply, Ending ending, BooleanSupplier givesUp) {
        var closing = ending;
        var way = reply.log().end() > MOST_AT_ONCE ? Way.SAVED_PARTS_AND_REST : Way.WHOLE;
        while (true) {
            try {
                write(reply, closing, way);
                reply.close(closing);
                return;
            } catch (DatabaseUnavailableException e) {
                Quietly.run(() -> log.error("Could not save the end of answer {}, will try again", reply.id(), e));
                closing = Ending.failed(e.getMessage());
            } catch (RuntimeException | Error e) {
                Quietly.run(() -> log.error("Could not save the end of answer {}, will try with less", reply.id(), e));
                if (way != Way.NO_TEXT) {
                    way = less(way);
                    closing = way == Way.SAVED_PARTS_AND_REST ? closing : Ending.NOT_SAVED_WHOLE;
                    continue;
                }
            }
            reply.tell(closing);
            if (givesUp.getAsBoolean()) {
                reply.close(closing);
                return;
            }
            Workers.pause(PAUSE_BEFORE_RETRY);
            way = Way.SAVED_PARTS_AND_REST;
        }
    }

    private static Way less(Way way) {
        return switch (way) {
            case WHOLE -> Way.SAVED_PARTS_AND_REST;
            case SAVED_PARTS_AND_REST -> Way.SAVED_PARTS;
            case SAVED_PARTS, NO_TEXT -> Way.NO_TEXT;
        };
    }

    private void write(Reply reply, Ending ending, Way way) {
        database.save(tx -> {
            if (write(tx.dao(AnswerDao.class), reply, ending, way) && way != Way.NO_TEXT) {
                settle(tx, reply, ending);
            }
            return null;
        });
    }

    /** @return false if the row is gone, or was closed by somebody else */
    private boolean write(AnswerDao answers, Reply reply, Ending ending, Way way) {
        long id = reply.id();
        var now = clock.instant();
        return switch (way) {
            case WHOLE -> answers.close(id, reply.log().text(0, reply.log().end()), ending.tokensUsed(), ending.status(),
                    ending.error(), now);
            case SAVED_PARTS_AND_REST -> {
                var rest = reply.unsaved();
                if (rest.isSome()) {
                    answers.append(id, rest.from(), rest.text());
                }
                yield answers.closeJoined(id, ending.tokensUsed(), ending.status(), ending.error(), now);
            }
            case SAVED_PARTS -> answers.closeJoined(id, ending.tokensUsed(), ending.status(), ending.error(), now);
            case NO_TEXT -> answers.closeWithoutText(id, ending.status(), ending.error(), now);
        };
    }

    private void settle(Transaction tx, Reply reply, Ending ending) {
        var question = reply.question();
        var answers = tx.dao(AnswerDao.class);
        answers.deleteParts(reply.id());
        if (question.replacesOlder() && ending.status().equals(Ending.COMPLETE)) {
            answers.deleteReplaced(question.conversationId(), question.messageId(), reply.id());
        }
        tx.dao(ConversationDao.class).touch(question.conversationId(), clock.instant());
    }
}
