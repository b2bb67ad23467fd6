package ollamaweb.search.postgresql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
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
import ollamaweb.search.Words;
import ollamaweb.search.postgresql.SearchDao.Found;

/**
 * Folded texts, and GIN indexes on them. What many messages have is found among the newest, which are read first. What few have is
 * found by its words and what is around their ends, if it has such; else by its trigrams, or, where it has none, being of two
 * characters or of punctuation, by its pairs of characters.
 */
public final class PostgresMessageIndex implements MessageIndex {

    /** So many texts are read faster than the index finds those of a common one. */
    private static final int RECENT = 4000;

    /** No more are read where those that are read first say how many it takes. */
    private static final int MOST_READ = 20_000;

    /** PostgreSQL makes trigrams of letters and digits only; a shorter word has none that its neighbours do not change. */
    private static final Pattern HAS_TRIGRAM = Pattern.compile("[\\p{L}\\p{N}]{3}");

    /** So many more are read at a time where it takes a look at the whole text to know whether it is one. */
    private static final int SPARE = 10;

    /** The database finds texts with the terms anywhere; whether they are whole words, and the others are not there, is seen here. */
    @Override
    public List<SearchHit> search(Transaction tx, long userId, Search search) {
        var dao = tx.dao(SearchDao.class);
        return hits(search, (filter, limit) -> anywhere(dao, userId, search, filter, limit));
    }

    @Override
    public List<SearchHit> searchOne(Transaction tx, long conversationId, long ownerId, Search search) {
        return searchSome(tx, List.of(conversationId), search);
    }

    @Override
    public List<SearchHit> searchSome(Transaction tx, List<Long> conversationIds, Search search) {
        var dao = tx.dao(SearchDao.class);
        dao.planEachSearch();
        var ids = conversationIds.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
        var folded = search.terms().longest().folded();
        var grams = grams(dao, search);
        return hits(search, (filter, limit) -> dao.inConversations(ids, folded, grams, others(search), filter, limit));
    }

    private static List<SearchHit> hits(Search search, BiFunction<SearchFilter, Integer, List<Found>> source) {
        var hits = new ArrayList<SearchHit>();
        var filter = search.filter();
        int most = atOnce(search);
        for (boolean more = true; more && hits.size() < search.limit();) {
            var found = source.apply(filter, most);
            found.stream().filter(message -> !isWhole(search) || search.terms().match(Texts.fold(message.content())))
                    .limit(search.limit() - hits.size())
                    .forEach(message -> hits.add(hit(search, message)));
            more = found.size() == most;
            filter = more ? filter.from(found.get(most - 1).createdAt(), found.get(most - 1).messageId()) : filter;
        }
        return hits;
    }

    private static int atOnce(Search search) {
        if (!isWhole(search)) {
            return search.limit();
        }
        return search.terms().excluded().isEmpty() ? search.limit() + SPARE : 2 * search.limit() + SPARE;
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

    private static List<Found> anywhere(SearchDao dao, long userId, Search search, SearchFilter filter, int limit) {
        var folded = search.terms().longest().folded();
        var others = others(search);
        var grams = grams(dao, search);
        int most = RECENT;
        var newest = dao.amongNewest(userId, folded, grams, others, filter, most, limit);
        if (newest.size() < limit && newest.size() * (long) MOST_READ >= (long) limit * RECENT) {
            most = Math.min(MOST_READ, RECENT * limit / newest.size() * 5 / 4);
            newest = dao.amongNewest(userId, folded, grams, others, filter, most, limit);
        }
        if (newest.size() == limit || dao.count(userId, filter.until(), most) < most) {
            return newest;
        }
        dao.planEachSearch();
        if (grams != null && (isWhole(search) || dao.isAmongNewest(userId, longestWord(folded), filter.until(), RECENT))) {
            return dao.byWords(userId, grams, folded, others, filter, limit);
        }
        return HAS_TRIGRAM.matcher(folded).find()
                ? dao.byTrigrams(userId, LikePattern.containing(folded), others, filter, limit)
                : dao.byGrams(userId, pairs(folded), folded, others, filter, limit);
    }

    /** Of a text of which not even this is among the newest, the trigrams lead to less than what is around the ends of its words. */
    private static String longestWord(String folded) {
        return Words.in(folded).stream().max(Comparator.comparingInt(String::length)).orElse(folded);
    }

    /** @return what all that are wanted have, or null */
    private static String grams(SearchDao dao, Search search) {
        return dao.anyWithoutGrams() ? null : TextGrams.sought(search.terms());
    }

    /** @return the other texts that have to be there, or null */
    private static String others(Search search) {
        var others = search.terms().required().stream().filter(term -> !term.equals(search.terms().longest())).map(Term::folded).toList();
        return others.isEmpty() ? null : String.join("\u0001", others);
    }

    /** @return the pairs of neighbours, or the only character */
    private static String pairs(String folded) {
        var characters = folded.codePoints().mapToObj(Character::toString).toList();
        return characters.size() == 1
                ? folded
                : IntStream.range(1, characters.size()).mapToObj(i -> characters.get(i - 1) + characters.get(i)).distinct()
                        .collect(Collectors.joining("\u0001"));
    }
}
