package ollamaweb.search;

import java.util.List;
import ollamaweb.conversations.Conversation;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Transaction;

/** What finds messages by any part of their text, for one kind of database. */
public interface MessageIndex {

    /**
     * @param conversation where to look; null: everywhere
     * @return the user's messages with the text of the query, whatever its case ({@link ollamaweb.json.Texts#fold}); the
     *         newest first, as many as the query asks for
     */
    List<SearchHit> search(Transaction tx, long userId, Conversation conversation, SearchQuery query);

    /** @return what keeps the index: a message is found a moment after it was written */
    BackgroundWork.Task indexer();
}
