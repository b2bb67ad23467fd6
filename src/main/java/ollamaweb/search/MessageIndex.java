package ollamaweb.search;

import java.util.List;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Transaction;

/**
 * What finds messages by any part of their text, for one kind of database: those that say what is searched for, whatever its
 * case ({@link ollamaweb.json.Texts#fold}), the newest first, as many as are wanted.
 */
public interface MessageIndex {

    /** @return what is found in all conversations of a user's own */
    List<SearchHit> search(Transaction tx, long userId, Search search);

    /**
     * @param ownerId whose conversation it is
     * @return what is found in one conversation, whatever it is filed under
     */
    List<SearchHit> searchOne(Transaction tx, long conversationId, long ownerId, Search search);

    /**
     * @param conversationIds of conversations that are not long, whoever's they are
     * @return what is found in them, whatever they are filed under
     */
    List<SearchHit> searchSome(Transaction tx, List<Long> conversationIds, Search search);

    /** @return what keeps the index: a message is found a moment after it was written */
    BackgroundWork.Task indexer();
}
