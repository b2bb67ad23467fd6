package ollamaweb.search;

import java.util.List;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Transaction;

/** What finds messages by any part of their text, for one kind of database. */
public interface MessageIndex {

    /**
     * @return the user's messages that say what is searched for, whatever its case ({@link ollamaweb.json.Texts#fold}); the
     *         newest first, as many as are wanted
     */
    List<SearchHit> search(Transaction tx, Search search);

    /** @return what keeps the index: a message is found a moment after it was written */
    BackgroundWork.Task indexer();
}
