package ollamaweb.search.postgresql;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.conversations.Conversation;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Transaction;
import ollamaweb.json.Texts;
import ollamaweb.search.MessageIndex;
import ollamaweb.search.SearchHit;
import ollamaweb.search.SearchQuery;
import ollamaweb.search.Snippet;
import ollamaweb.search.postgresql.SearchDao.Found;

/**
 * Folded texts, and two GIN indexes on them. What many messages have is found among the newest, which are read first; what few
 * have is found by its trigrams, or, where it has none, being of two characters or of punctuation, by its pairs of characters.
 */
public final class PostgresMessageIndex implements MessageIndex {

    /** So many texts are read faster than the index finds those of a common one. */
    private static final int RECENT = 2000;

    /** PostgreSQL makes trigrams of letters and digits only; a shorter word has none that its neighbours do not change. */
    private static final Pattern HAS_TRIGRAM = Pattern.compile("[\\p{L}\\p{N}]{3}");
    private static final Pattern WILDCARD = Pattern.compile("[\\\\%_]");

    @Override
    public List<SearchHit> search(Transaction tx, long userId, Conversation conversation, SearchQuery query) {
        var folded = Texts.fold(query.query());
        return found(tx.dao(SearchDao.class), userId, conversation, folded, query.limit()).stream()
                .map(message -> new SearchHit(message.conversationId(), message.messageId(), message.role(), message.content(),
                        message.createdAt(), Snippet.of(message.content(), folded)))
                .toList();
    }

    @Override
    public BackgroundWork.Task indexer() {
        return new TextIndexer();
    }

    private static List<Found> found(SearchDao dao, long userId, Conversation conversation, String folded, int limit) {
        if (conversation != null) {
            return dao.inConversation(conversation.id(), userId, folded, limit);
        }
        var newest = dao.amongNewest(userId, folded, RECENT, limit);
        if (newest.size() == limit || dao.count(userId, RECENT) < RECENT) {
            return newest;
        }
        dao.planEachSearch();
        return HAS_TRIGRAM.matcher(folded).find()
                ? dao.byTrigrams(userId, '%' + WILDCARD.matcher(folded).replaceAll("\\\\$0") + '%', limit)
                : dao.byGrams(userId, grams(folded), folded, limit);
    }

    /** @return the pairs of neighbours, or the only character */
    private static String grams(String folded) {
        var characters = folded.codePoints().mapToObj(Character::toString).toList();
        return characters.size() == 1
                ? folded
                : IntStream.range(1, characters.size()).mapToObj(i -> characters.get(i - 1) + characters.get(i)).distinct()
                        .collect(Collectors.joining("\u0001"));
    }
}
