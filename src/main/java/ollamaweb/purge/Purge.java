package ollamaweb.purge;

import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Database;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;
import ollamaweb.messages.Subtree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the rows of conversations and accounts that were deleted, a few at a time. To whoever deleted them they are gone
 * already: a conversation without an owner is in nobody's list, and no credential opens a deleted account.
 */
public final class Purge implements BackgroundWork.Task {

    private static final Logger log = LoggerFactory.getLogger(Purge.class);
    private static final int ROWS = 50;

    /** To be called at the start, before anything is imported: what a killed server had imported in part is deleted. */
    public static void abandonImports(Database database) {
        int abandoned = database.save(tx -> tx.dao(PurgeDao.class).abandonImports());
        if (abandoned > 0) {
            log.warn("{} conversations were being imported when the server last stopped; nothing of them is kept", abandoned);
        }
    }

    @Override
    public boolean isDue(Transaction reading) {
        var dao = reading.dao(PurgeDao.class);
        return dao.findConversation().isPresent() || dao.findUser().isPresent() || Subtree.findDeleted(reading).isPresent();
    }

    @Override
    public boolean step(Transaction writing) {
        var dao = writing.dao(PurgeDao.class);
        var time = new StepTime();
        boolean deletes = true;
        while (deletes && time.isLeft()) {
            deletes = deletesOfConversation(dao) || deletesOfUser(dao) || deletesOfSubtree(writing);
        }
        return deletes;
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

    private static boolean deletesOfUser(PurgeDao dao) {
        var found = dao.findUser();
        if (found.isEmpty()) {
            return false;
        }
        long id = found.get();
        return dao.disownConversations(id, ROWS) > 0
                || dao.detachTasks(id, ROWS) > 0
                || dao.deleteTasks(id, ROWS) > 0
                || dao.deleteGoals(id, ROWS) > 0
                || dao.deleteInsights(id, ROWS) > 0
                || dao.deleteSettings(id, ROWS) > 0
                || dao.deleteUser(id);
    }
}
