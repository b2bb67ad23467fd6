package ollamaweb.messages;

import java.util.List;
import ollamaweb.db.Transaction;

/** Messages in some order, read some at a time. */
public interface MessageSource {

    /** How many messages are read at once, about. */
    int SOME = 32;

    /**
     * @param id of the message that was the last one read; null at the beginning
     * @return the messages that come after it, or the first; none at the end
     */
    List<MessageHead> after(Transaction tx, Long id);

    /** @return whether the message is known to be the last one; false where that is not known */
    boolean isLast(long id);

    /** All messages of a conversation, on whatever path, oldest first. */
    static MessageSource ofTree(long conversationId, long userId) {
        return new MessageSource() {
            @Override
            public List<MessageHead> after(Transaction tx, Long id) {
                return tx.dao(PathDao.class).headsOfTree(conversationId, id == null ? 0 : id + 1, SOME, userId);
            }

            @Override
            public boolean isLast(long id) {
                return false;
            }
        };
    }
}
