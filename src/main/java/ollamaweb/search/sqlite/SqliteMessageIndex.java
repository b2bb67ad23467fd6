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
    public List<SearchHit> search(Transaction tx, long userId, Search search) {
        return new MessageSearch(tx.dao(SearchDao.class), userId, null, search).hits();
    }

    @Override
    public List<SearchHit> searchOne(Transaction tx, long conversationId, long ownerId, Search search) {
        return new MessageSearch(tx.dao(SearchDao.class), ownerId, conversationId, search).hits();
    }

    @Override
    public List<SearchHit> searchSome(Transaction tx, List<Long> conversationIds, Search search) {
        return MessageSearch.hitsOf(tx.dao(SearchDao.class), conversationIds, search);
    }

    @Override
    public BackgroundWork.Task indexer() {
        return new SearchIndexer();
    }
}
