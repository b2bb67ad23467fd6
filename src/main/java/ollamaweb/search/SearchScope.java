package ollamaweb.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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
        return conversation == null ? withJoined(query, own, limit) : own;
    }

    /** A conversation whose newest message is older than all that is wanted is not looked through. */
    private List<SearchHit> withJoined(SearchQuery query, List<SearchHit> own, int limit) {
        var hits = own;
        for (var joined : tx.dao(JoinedDao.class).list(userId)) {
            if (hits.size() == limit && joined.newest().isBefore(hits.get(limit - 1).createdAt())) {
                return hits;
            }
            var conversation = tx.dao(ConversationDao.class).find(joined.conversationId(), userId).orElseThrow();
            hits = Stream.concat(hits.stream(), searchJoined(query, conversation, limit).stream())
                    .sorted(NEWEST_FIRST).limit(limit).toList();
        }
        return hits;
    }

    /** What a conversation is filed under is the member's own. */
    private List<SearchHit> searchJoined(SearchQuery query, Conversation conversation, int limit) {
        return query.tag() == null || conversation.tagList().contains(query.tag())
                ? index.search(tx, query.searchUntagged(conversation.userId(), conversation, limit))
                : List.of();
    }
}
