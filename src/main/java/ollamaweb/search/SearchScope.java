package ollamaweb.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ollamaweb.conversations.Conversation;
import ollamaweb.db.Transaction;
import ollamaweb.search.PlaceDao.Place;

/**
 * Where an account's search looks: in its own messages, and in those conversations of others that it is a member of. The
 * index goes by owners and by what was said. What it does not know of is looked through by itself, some conversations at a
 * time: those of others, whose number is limited, and those of the account's own to which a filter leads, if they are few.
 */
record SearchScope(MessageIndex index, Transaction tx, long userId) {

    private static final Comparator<SearchHit> NEWEST_FIRST =
            Comparator.comparing(SearchHit::createdAt).thenComparing(SearchHit::messageId).reversed();
    /** A longer conversation is looked for in the index of its owner. */
    private static final int MANY_MESSAGES = 2000;
    private static final int FEW_CONVERSATIONS = 1000;
    private static final int FEW_MESSAGES = 20_000;
    private static final int FIRST_CONVERSATIONS = 4;
    private static final int GROWTH = 4;

    /**
     * @param conversation where to look; null: everywhere
     * @return what was found, newest first
     */
    List<SearchHit> search(Search search, Conversation conversation) {
        if (search.terms().contradictThemselves()) {
            return List.of();
        }
        var filter = search.filter();
        if (conversation == null) {
            var joined = tx.dao(PlaceDao.class).listJoined(userId, filter.tag(), MANY_MESSAGES);
            return with(joined, Integer.MAX_VALUE, searchOwn(search), search).orElseThrow();
        }
        return filter.tag() == null || conversation.tagList().contains(filter.tag())
                ? index.searchOne(tx, conversation.id(), conversation.userId(), search.untagged())
                : List.of();
    }

    /** What is rare even where the filter leads to is rare enough for the index. */
    private List<SearchHit> searchOwn(Search search) {
        if (!search.filter().leadsToConversations()) {
            return index.search(tx, userId, search);
        }
        var places = tx.dao(PlaceDao.class).listOwn(userId, search.filter(), MANY_MESSAGES, FEW_CONVERSATIONS + 1);
        var hits = places.size() > FEW_CONVERSATIONS ? Optional.<List<SearchHit>>empty() : with(places, FEW_MESSAGES, List.of(), search);
        return hits.orElseGet(() -> index.search(tx, userId, search));
    }

    /**
     * Looks through conversations, those with the newest messages first, until what is left is older than all that is wanted.
     *
     * @param most how many messages to read
     * @return the others and what was found; empty when there would be more to read
     */
    private Optional<List<SearchHit>> with(List<Place> places, int most, List<SearchHit> others, Search search) {
        var hits = others;
        var left = places;
        int read = 0;
        for (int many = FIRST_CONVERSATIONS; !left.isEmpty() && mayHaveNewer(left.get(0), hits, search); many *= GROWTH) {
            var some = left.subList(0, Math.min(many, left.size()));
            left = left.subList(some.size(), left.size());
            read += some.stream().mapToInt(Place::messages).sum();
            if (read > most) {
                return Optional.empty();
            }
            hits = Stream.concat(hits.stream(), search(some, search.untagged())).sorted(NEWEST_FIRST).limit(search.limit()).toList();
        }
        return Optional.of(hits);
    }

    private static boolean mayHaveNewer(Place place, List<SearchHit> hits, Search search) {
        return hits.size() < search.limit() || !place.newest().isBefore(hits.get(hits.size() - 1).createdAt());
    }

    private Stream<SearchHit> search(List<Place> places, Search search) {
        var shorter = places.stream().filter(place -> place.messages() <= MANY_MESSAGES).map(Place::conversationId).toList();
        return Stream.concat(
                index.searchSome(tx, shorter, search).stream(),
                places.stream().filter(place -> place.messages() > MANY_MESSAGES)
                        .flatMap(place -> index.searchOne(tx, place.conversationId(), place.ownerId(), search).stream()));
    }
}
