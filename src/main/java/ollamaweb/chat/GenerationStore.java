package ollamaweb.chat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.ConversationEventDao;
import ollamaweb.usage.UsageDao;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Generations on disk: what they have said so far, and whose row is not as it should be. */
final class GenerationStore {

    private static final Logger log = LoggerFactory.getLogger(GenerationStore.class);
    /** So many answers are interrupted in one transaction. */
    private static final int MOST_AT_ONCE = 100;

    private final Database database;
    private final GenerationDao answers;
    private final LongSupplier serverId;
    private final Clock clock;

    /** @param serverId tells the id of this server, which changes when it was taken for gone */
    GenerationStore(Database database, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.serverId = serverId;
        this.answers = database.reader(GenerationDao.class);
        this.clock = clock;
    }

    /**
     * Some of what servers that are gone had in the making is interrupted.
     *
     * @return whether there may be more
     */
    static boolean interruptSome(Transaction tx, Instant now) {
        var dao = tx.dao(GenerationDao.class);
        var abandoned = dao.takeAbandoned(MOST_AT_ONCE);
        for (long id : abandoned) {
            dao.interrupt(id, now);
            tx.dao(ConversationEventDao.class).answerClosed(id, now);
            tx.dao(UsageDao.class).insertUnmeasured(id, LocalDate.ofInstant(now, ZoneOffset.UTC).toString(), now);
            dao.deleteParts(id);
        }
        if (!abandoned.isEmpty()) {
            log.warn("{} answers were in the making when their server stopped; they are kept as interrupted", abandoned.size());
        }
        return abandoned.size() == MOST_AT_ONCE;
    }

    void deleteStrayParts() {
        database.save(tx -> {
            tx.dao(GenerationDao.class).deleteStrayParts();
            return null;
        });
    }

    /**
     * Saves what the generations have said since the last time, each by itself, so that one that cannot be saved holds up no
     * other; the writer commits them together. Nobody waits; a generation whose last save is under way is left out.
     */
    void saveGrown(Collection<Generation> generations) {
        for (var generation : generations) {
            if (generation.saving().unsaved().isSome() && generation.saving().begin()) {
                try {
                    save(generation.saving().unsaved());
                } catch (RuntimeException | Error e) {
                    generation.saving().end();
                    throw e;
                }
            }
        }
    }

    private void save(UnsavedText unsavedText) {
        var generation = unsavedText.generation();
        var unused = database.submit(tx -> {
            unsavedText.append(tx.dao(GenerationDao.class));
            return null;
        }).whenComplete((saved, e) -> {
            generation.saving().end();
            if (e == null) {
                unsavedText.saved();
            } else {
                log.error("Could not save answer {} in the making, will try again", generation.id(), e);
            }
        });
    }

    /** Ends the generations whose rows are gone or closed, and closes the rows of this server that nobody writes. */
    void compareWithRows(Map<Long, Generation> running) {
        var begun = running.values().stream().filter(Generation::hasBegun).toList();
        var rows = answers.listRunning(serverId.getAsLong());
        begun.stream().filter(generation -> !rows.contains(generation.id())).forEach(this::endWithoutRow);
        rows.stream().filter(id -> !running.containsKey(id)).forEach(id -> closeLost(id, running));
    }

    /** Nobody waits for the end of a generation that has no row to be written to. */
    private void endWithoutRow(Generation generation) {
        generation.end(GenerationClosing.endWithoutRow(answers, generation.id()));
    }

    /** Closes a row that this server makes according to the database only; not if its generation has begun meanwhile. */
    void closeLost(long id, Map<Long, Generation> running) {
        boolean closed = database.save(tx -> {
            var dao = tx.dao(GenerationDao.class);
            if (running.containsKey(id)
                    || !dao.closeJoined(id, serverId.getAsLong(), GenerationDao.Ended.of(Outcome.LOST, clock.instant()))) {
                return false;
            }
            dao.deleteParts(id);
            tx.dao(ConversationEventDao.class).answerClosed(id, clock.instant());
            return true;
        });
        if (closed) {
            log.error("Nobody made answer {} any more; it is kept as far as it was saved", id);
        }
    }
}
