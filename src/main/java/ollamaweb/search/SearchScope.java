package ollamaweb.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.db.Transaction;

/**
 * Where an account's search looks: in its own messages, and in those conversations of others that it is a member of. The
 * index goes by owners, so each of the latter is looked through by itself, as part of what its owner has; how many there can
 * be is limited.
 */
record SearchScope(MessageIndex index, Transaction tx, long userId) {

    private static final Comparator<SearchHit> NEWEST_FIRST =
            Comparator.comparing(SearchHit::createdAt).thenComparing(SearchHit::messageId).reversed();

    /**
     * @param conversation where to look; null: everywhere
     * @return what was found, newest first
     */
    List<SearchHit> search(SearchQuery query, Conversation conversation, int limit) {
        if (conversation != null && !conversation.isOwn()) {
            return searchJoined(query, conversation, limit);
        }
        var own = index.search(tx, query.search(userId, conversation, limit));
        var joined = conversation == null ? tx.dao(ConversationDao.class).listJoined(userId) : List.<Conversation>of();
        if (joined.isEmpty()) {
            return own;
        }
        var all = new ArrayList<>(own);
        joined.forEach(each -> all.addAll(searchJoined(query, each, limit)));
        return all.stream().sorted(NEWEST_FIRST).limit(limit).toList();
    }

    /** What a conversation is filed under is the member's own. */
    private List<SearchHit> searchJoined(SearchQuery query, Conversation conversation, int limit) {
        return query.tag() == null || conversation.tagList().contains(query.tag())
                ? index.search(tx, query.searchUntagged(conversation.userId(), conversation, limit))
                : List.of();
    }
}
