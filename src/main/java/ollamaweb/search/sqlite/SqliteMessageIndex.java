package ollamaweb.search.sqlite;

import java.util.List;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Transaction;
import ollamaweb.search.MessageIndex;
import ollamaweb.search.Search;
import ollamaweb.search.SearchHit;

/** Trigrams in SQLite's FTS5, in an order that lets a search end early. */
public final class SqliteMessageIndex implements MessageIndex {

    @Override
    public List<SearchHit> search(Transaction tx, Search search) {
        return new MessageSearch(tx.dao(SearchDao.class), search).hits();
    }

    @Override
    public BackgroundWork.Task indexer() {
        return new SearchIndexer();
    }
}
