package ollamaweb.sharing;

import java.time.Instant;
import java.util.List;
import ollamaweb.db.Transaction;
import ollamaweb.messages.PathDao;

/**
 * What a link leads to: of a snapshot what was there then, of a live one what is there now.
 *
 * @param userId        whose it is, who is not told
 * @param lastMessageId the message to which its path leads; null for an empty one
 * @param createdAt     when the link was made
 */
public record SharedConversation(
        long userId,
        String title,
        String modelName,
        boolean live,
        Long lastMessageId,
        Instant createdAt) {

    /** @return the ids of its messages, oldest first; of those that are being deleted, none, nor of what hangs on them */
    List<Long> messageIds(Transaction tx) {
        if (lastMessageId == null) {
            return List.of();
        }
        var ids = tx.dao(PathDao.class).idsBetween(lastMessageId, 0, lastMessageId);
        var deleted = tx.dao(ShareDao.class).findDeleted(lastMessageId);
        return deleted.isEmpty() ? ids : ids.stream().filter(id -> id < deleted.get()).toList();
    }
}
