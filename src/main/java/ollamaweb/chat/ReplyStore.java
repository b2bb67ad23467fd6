package ollamaweb.chat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Transaction;
import ollamaweb.ollama.ChatRequest;
import ollamaweb.ollama.ChatRequest.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replies on disk: what the model gets to read, what it has said so far, and how it ended. */
final class ReplyStore {

    private static final Logger log = LoggerFactory.getLogger(ReplyStore.class);
    private static final int WINDOW = 20;
    private static final Duration PAUSE_BEFORE_RETRY = Duration.ofSeconds(1);

    private final Database database;
    private final AnswerDao answers;
    private final Clock clock;
    private CompletableFuture<?> lastSave = CompletableFuture.completedFuture(null);

    ReplyStore(Database database, Clock clock) {
        this.database = database;
        this.answers = database.reader(AnswerDao.class);
        this.clock = clock;
    }

    /** What a killed server left in the making is interrupted. */
    void interruptLeftovers() {
        int left = database.write(tx -> {
            int interrupted = tx.dao(AnswerDao.class).interruptAll();
            tx.dao(AnswerDao.class).deleteAllParts();
            return interrupted;
        });
        if (left > 0) {
            log.warn("{} answers were in the making when the server last stopped; they are kept as interrupted", left);
        }
    }

    /** @return the question as Ollama gets it: the system prompt, then the last messages */
    static ChatRequest request(Transaction tx, Question question) {
        var turns = new ArrayList<Turn>();
        if (question.systemPrompt() != null) {
            turns.add(new Turn("system", question.systemPrompt()));
        }
        turns.addAll(tx.dao(AnswerDao.class).window(question.conversationId(), question.windowEnd(), WINDOW));
        return ChatRequest.streaming(question.modelName(), turns, question.temperature());
    }

    /**
     * Saves what the replies have said since the last time, all in one transaction; to be called by one thread. While
     * one such write is under way, the next waits for its turn to come again.
     */
    void saveGrown(Collection<Reply> replies) {
        if (!lastSave.isDone()) {
            return;
        }
        var grown = replies.stream().map(Reply::unsaved).filter(Growth::isSome).toList();
        if (!grown.isEmpty()) {
            lastSave = database.submit(tx -> append(tx, grown)).handle((saved, e) -> {
                if (e == null) {
                    grown.forEach(Growth::saved);
                } else {
                    log.error("Could not save {} answers in the making, will try again", grown.size(), e);
                }
                return saved;
            });
        }
    }

    private static Void append(Transaction tx, List<Growth> grown) {
        var dao = tx.dao(AnswerDao.class);
        grown.forEach(growth -> dao.append(growth.reply().id(), growth.from(), growth.text()));
        return null;
    }

    /**
     * Ends the replies whose rows are gone, with their conversation or their user; nobody waits for them. A row that is there
     * and no longer marked as streaming is the answer's still: its end will be written to it.
     */
    void endDeleted(Collection<Reply> replies) {
        var begun = replies.stream().filter(Reply::hasBegun).toList();
        if (!begun.isEmpty()) {
            var rows = answers.listRunning();
            begun.stream().filter(reply -> !rows.contains(reply.id()) && !answers.exists(reply.id()))
                    .forEach(reply -> reply.end(Ending.failed("The conversation was deleted")));
        }
    }

    /**
     * Writes the ending, then tells the followers. If the database does not take it, they are told that at once, and
     * the write is tried again until it is taken or the server stops.
     */
    void close(Reply reply, Ending ending, BooleanSupplier givesUp) {
        var told = ending;
        while (true) {
            try {
                var closing = told;
                database.write(tx -> close(tx, reply, closing));
                reply.close(told);
                return;
            } catch (DatabaseUnavailableException e) {
                log.error("Could not save the end of answer {}, will try again", reply.id(), e);
                told = Ending.failed(e.getMessage());
            } catch (RuntimeException e) {
                log.error("Could not save the end of answer {}", reply.id(), e);
                reply.close(Ending.failed("The answer could not be saved"));
                return;
            }
            reply.tell(told);
            if (givesUp.getAsBoolean()) {
                reply.close(told);
                return;
            }
            Workers.pause(PAUSE_BEFORE_RETRY);
        }
    }

    private Void close(Transaction tx, Reply reply, Ending ending) {
        var question = reply.question();
        var dao = tx.dao(AnswerDao.class);
        var text = reply.log().text(0, reply.log().end());
        if (dao.close(reply.id(), text, ending.tokensUsed(), ending.status(), ending.error())) {
            dao.deleteParts(reply.id());
            if (question.replacesOlder() && ending.status().equals(Ending.COMPLETE)) {
                dao.deleteReplaced(question.conversationId(), question.messageId(), reply.id());
            }
            tx.dao(ConversationDao.class).touch(question.conversationId(), clock.instant());
        }
        return null;
    }
}
