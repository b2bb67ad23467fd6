package ollamaweb.search.sqlite;

import java.util.List;
import ollamaweb.conversations.Conversation;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Transaction;
import ollamaweb.search.MessageIndex;
import ollamaweb.search.SearchHit;
import ollamaweb.search.SearchQuery;

/** Trigrams in SQLite's FTS5, in an order that lets a search end early. */
public final class SqliteMessageIndex implements MessageIndex {

    @Override
    public List<SearchHit> search(Transaction tx, long userId, Conversation conversation, SearchQuery query) {
        return new MessageSearch(tx.dao(SearchDao.class), userId, conversation, query).hits();
    }

    @Override
    public BackgroundWork.Task indexer() {
        return new SearchIndexer();
    }
}
