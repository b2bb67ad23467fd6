package ollamaweb.purge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;
import ollamaweb.messages.Subtree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the rows of conversations, files and accounts that were deleted, a few at a time. To whoever deleted them they are gone
 * already: a conversation without an owner is in nobody's list, and no credential opens a deleted account.
 */
public final class Purge implements BackgroundWork.Task {

    private static final Logger log = LoggerFactory.getLogger(Purge.class);
    private static final int ROWS = 50;
    /** How long a file waits for a message to go with. */
    private static final Duration UNUSED_FILES_STAY = Duration.ofDays(1);
    /** How long the report of an import stays. */
    private static final Duration REPORTS_STAY = Duration.ofDays(30);

    private final Duration trashTime;
    private final Clock clock;

    /** @param trashTime how long conversations stay in the trash */
    public Purge(Duration trashTime, Clock clock) {
        this.trashTime = trashTime;
        this.clock = clock;
    }

    /** What a server that is gone had imported or copied in part is to be deleted. */
    public boolean releaseSome(Transaction tx) {
        int abandoned = tx.dao(PurgeDao.class).deleteAbandonedImports();
        if (abandoned > 0) {
            log.warn("{} conversations were being put together when their server stopped; nothing of them is kept", abandoned);
        }
        tx.dao(PurgeDao.class).abandonFiles();
        return false;
    }

    @Override
    public boolean isDue(Transaction reading) {
        var dao = reading.dao(PurgeDao.class);
        return dao.findConversation().isPresent() || dao.hasTrashed(trashedBefore()) || dao.findUser().isPresent()
                || Subtree.findDeleted(reading).isPresent() || dao.findFile().isPresent() || dao.findUnused(unusedSince()).isPresent()
                || dao.findReadImport().isPresent() || dao.findOldImport(reportsBefore()).isPresent();
    }

    @Override
    public boolean step(Transaction writing) {
        var dao = writing.dao(PurgeDao.class);
        var time = new StepTime();
        boolean deletes = true;
        while (deletes && time.isLeft()) {
            deletes = deletesOfConversation(dao) || dao.disownTrashed(trashedBefore(), ROWS) > 0 || deletesOfUser(dao)
                    || deletesOfSubtree(writing) || deletesOfFile(dao) || deletesOfImport(dao);
        }
        return deletes;
    }

    private Instant trashedBefore() {
        return clock.instant().minus(trashTime);
    }

    private static boolean deletesOfConversation(PurgeDao dao) {
        var id = dao.findConversation();
        return id.isPresent() && (dao.deleteMessage(id.get()) || dao.deleteConversation(id.get()));
    }

    /** What a server was killed over; else whoever deletes a message does this. */
    private static boolean deletesOfSubtree(Transaction writing) {
        var root = Subtree.findDeleted(writing);
        root.ifPresent(message -> Subtree.deleteSome(writing, message));
        return root.isPresent();
    }

    private boolean deletesOfFile(PurgeDao dao) {
        var id = dao.findFile();
        if (id.isPresent()) {
            return dao.deletePiece(id.get()) || dao.deleteFile(id.get());
        }
        var before = unusedSince();
        return dao.findUnused(before).map(unused -> dao.disownUnused(unused, before)).orElse(false);
    }

    /** The file of an import that is read, and all of one that is old. */
    private boolean deletesOfImport(PurgeDao dao) {
        var read = dao.findReadImport();
        if (read.isPresent()) {
            return dao.deleteImportPiece(read.get()) || dao.hasNoPieces(read.get());
        }
        var old = dao.findOldImport(reportsBefore());
        return old.isPresent()
                && (dao.deleteImportPiece(old.get()) || dao.deleteImportItems(old.get(), ROWS) > 0 || dao.deleteImport(old.get()));
    }

    private Instant reportsBefore() {
        return clock.instant().minus(REPORTS_STAY);
    }

    private Instant unusedSince() {
        return clock.instant().minus(UNUSED_FILES_STAY);
    }

    private static boolean deletesOfUser(PurgeDao dao) {
        var found = dao.findUser();
        if (found.isEmpty()) {
            return false;
        }
        long id = found.get();
        return dao.disownConversations(id, ROWS) > 0
                || dao.disownFiles(id, ROWS) > 0
                || dao.disownImports(id) > 0
                || dao.deleteOrigins(id, ROWS) > 0
                || dao.detachTasks(id, ROWS) > 0
                || dao.deleteTasks(id, ROWS) > 0
                || dao.deleteGoals(id, ROWS) > 0
                || dao.deletePrompts(id, ROWS) > 0
                || dao.deleteInsights(id, ROWS) > 0
                || dao.deleteSettings(id, ROWS) > 0
                || dao.deleteUsage(id, ROWS) > 0
                || dao.deleteUser(id);
    }
}
