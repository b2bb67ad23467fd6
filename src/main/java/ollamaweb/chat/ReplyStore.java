package ollamaweb.chat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.ollama.ChatRequest;
import ollamaweb.ollama.ChatRequest.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replies on disk: what the model gets to read, what it has said so far, and whose row is not as it should be. */
final class ReplyStore {

    private static final Logger log = LoggerFactory.getLogger(ReplyStore.class);
    private static final int WINDOW = 20;
    /** More than any model reads; giant messages of older databases would otherwise fill the memory. */
    private static final long MAX_WINDOW_BYTES = 4 * 1024 * 1024;

    private final Database database;
    private final AnswerDao answers;
    private final Clock clock;

    ReplyStore(Database database, Clock clock) {
        this.database = database;
        this.answers = database.reader(AnswerDao.class);
        this.clock = clock;
    }

    /** What a killed server left in the making is interrupted. */
    void interruptLeftovers() {
        int left = database.save(tx -> {
            int interrupted = tx.dao(AnswerDao.class).interruptAll(clock.instant());
            tx.dao(AnswerDao.class).deleteAllParts();
            return interrupted;
        });
        if (left > 0) {
            log.warn("{} answers were in the making when the server last stopped; they are kept as interrupted", left);
        }
    }

    /** @return the question as Ollama gets it: the system prompt, then the last messages, 4 MiB of them at most */
    static ChatRequest request(Transaction tx, Question question) {
        var turns = new ArrayList<Turn>();
        if (question.systemPrompt() != null) {
            turns.add(new Turn("system", question.systemPrompt()));
        }
        turns.addAll(tx.dao(AnswerDao.class).window(question.conversationId(), question.windowEnd(), WINDOW, MAX_WINDOW_BYTES));
        return ChatRequest.streaming(question.modelName(), turns, question.temperature());
    }

    /**
     * Saves what the replies have said since the last time, each by itself, so that one that cannot be saved holds up no
     * other; the writer commits them together. Nobody waits; a reply whose last save is under way is left out.
     */
    void saveGrown(Collection<Reply> replies) {
        for (var reply : replies) {
            if (reply.unsaved().isSome() && reply.beginSaving()) {
                try {
                    save(reply.unsaved());
                } catch (RuntimeException | Error e) {
                    reply.endSaving();
                    throw e;
                }
            }
        }
    }

    private void save(Growth growth) {
        var reply = growth.reply();
        database.submit(tx -> {
            tx.dao(AnswerDao.class).append(reply.id(), growth.from(), growth.text());
            return null;
        }).whenComplete((saved, e) -> {
            reply.endSaving();
            if (e == null) {
                growth.saved();
            } else {
                log.error("Could not save answer {} in the making, will try again", reply.id(), e);
            }
        });
    }

    /** Ends the replies whose rows are gone or closed, and closes the rows that nobody writes. */
    void compareWithRows(Map<Long, Reply> running) {
        var begun = running.values().stream().filter(Reply::hasBegun).toList();
        var rows = answers.listRunning();
        begun.stream().filter(reply -> !rows.contains(reply.id())).forEach(this::endWithoutRow);
        rows.stream().filter(id -> !running.containsKey(id)).forEach(id -> closeLost(id, running));
    }

    /** Nobody waits for the end of a reply that has no row to be written to. */
    private void endWithoutRow(Reply reply) {
        reply.end(answers.findStatus(reply.id()).isPresent() ? Ending.closedElsewhere() : Ending.deleted());
    }

    /** Closes a row that is in the making according to the database only; not if its reply has begun meanwhile. */
    void closeLost(long id, Map<Long, Reply> running) {
        boolean closed = database.save(tx -> {
            var dao = tx.dao(AnswerDao.class);
            if (running.containsKey(id)
                    || !dao.closeJoined(id, null, Ending.LOST.status(), Ending.LOST.error(), clock.instant())) {
                return false;
            }
            dao.deleteParts(id);
            return true;
        });
        if (closed) {
            log.error("Nobody made answer {} any more; it is kept as far as it was saved", id);
        }
    }
}
