package ollamaweb.search.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.db.BackgroundWork;
import ollamaweb.db.Transaction;
import ollamaweb.json.Texts;
import ollamaweb.search.LikePattern;
import ollamaweb.search.MessageIndex;
import ollamaweb.search.Search;
import ollamaweb.search.SearchFilter;
import ollamaweb.search.SearchHit;
import ollamaweb.search.SearchTerms.Term;
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

    /** So many are read at a time where it takes a look at the whole text to know whether it is one. */
    private static final int BATCH = 200;

    /** The database finds texts with the terms anywhere; whether they are whole words, and the others are not there, is seen here. */
    @Override
    public List<SearchHit> search(Transaction tx, Search search) {
        var dao = tx.dao(SearchDao.class);
        var hits = new ArrayList<SearchHit>();
        var filter = search.filter();
        int most = isWhole(search) ? BATCH : search.limit();
        for (boolean more = true; more && hits.size() < search.limit();) {
            var found = found(dao, search, filter, most);
            found.stream().filter(message -> !isWhole(search) || search.terms().match(Texts.fold(message.content())))
                    .limit(search.limit() - hits.size())
                    .forEach(message -> hits.add(hit(search, message)));
            more = found.size() == most;
            filter = more ? filter.from(found.get(most - 1).createdAt(), found.get(most - 1).messageId()) : filter;
        }
        return hits;
    }

    private static boolean isWhole(Search search) {
        return search.terms().longest().isWhole();
    }

    private static SearchHit hit(Search search, Found message) {
        return new SearchHit(message.conversationId(), message.messageId(), message.role(), message.content(), message.createdAt(),
                search.snippet(message.content()));
    }

    @Override
    public BackgroundWork.Task indexer() {
        return new TextIndexer();
    }

    private static List<Found> found(SearchDao dao, Search search, SearchFilter filter, int limit) {
        long userId = search.userId();
        var folded = search.terms().longest().folded();
        var others = others(search);
        if (search.conversation() != null) {
            return dao.inConversation(search.conversation().id(), userId, folded, others, filter, limit);
        }
        var newest = dao.amongNewest(userId, folded, others, filter, RECENT, limit);
        if (newest.size() == limit || dao.count(userId, filter.until(), RECENT) < RECENT) {
            return newest;
        }
        dao.planEachSearch();
        return HAS_TRIGRAM.matcher(folded).find()
                ? dao.byTrigrams(userId, LikePattern.containing(folded), others, filter, limit)
                : dao.byGrams(userId, grams(folded), folded, others, filter, limit);
    }

    /** @return the other texts that have to be there, or null */
    private static String others(Search search) {
        var others = search.terms().required().stream().filter(term -> !term.equals(search.terms().longest())).map(Term::folded).toList();
        return others.isEmpty() ? null : String.join("\u0001", others);
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
