package ollamaweb.messages;

import java.time.Instant;
import java.util.Optional;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;
import ollamaweb.messages.MessageDao.Place;

/** Deletes a message together with all that hangs on it, leaves first, in steps of a few milliseconds. */
public final class Subtree {

    private Subtree() {}

    /** @return a message whose deletion has begun, if there is one */
    public static Optional<Place> findDeleted(Transaction tx) {
        return tx.dao(SubtreeDao.class).findDeleted();
    }

    /**
     * Takes the message out of everybody's sight. A path that leads through it leads to its newest other version from now on,
     * or else to the message before it.
     */
    static void markDeleted(Transaction tx, Place message, Instant now) {
        var dao = tx.dao(SubtreeDao.class);
        long conversationId = message.conversationId();
        tx.dao(MessageDao.class).markDeleted(message.id(), now);
        var current = dao.findCurrent(conversationId).orElse(null);
        if (current != null && !tx.dao(PathDao.class).idsBetween(current, message.id(), message.id()).isEmpty()) {
            var other = dao.findOtherVersion(conversationId, message.parentId(), message.id());
            dao.leadTo(conversationId, other.isPresent()
                    ? Long.valueOf(dao.findNewestLeaf(conversationId, other.get()))
                    : message.parentId());
        }
    }

    /**
     * Deletes some of it.
     *
     * @return whether there may be more
     */
    public static boolean deleteSome(Transaction tx, Place root) {
        var dao = tx.dao(SubtreeDao.class);
        var time = new StepTime();
        long leaf = dao.findAnyLeaf(root.conversationId(), root.id());
        var path = tx.dao(PathDao.class).idsBetween(leaf, root.id(), leaf);
        for (int i = path.size() - 1; i >= 0; i--) {
            if (!dao.delete(root.conversationId(), path.get(i)) || !time.isLeft()) {
                return i > 0 || tx.dao(MessageDao.class).exists(root.id());
            }
        }
        // There is no path where somebody else has just deleted its leaf: two servers may do this at the same time.
        return tx.dao(MessageDao.class).exists(root.id());
    }
}
