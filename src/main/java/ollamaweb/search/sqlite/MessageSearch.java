package ollamaweb.search.sqlite;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import ollamaweb.json.Json;
import ollamaweb.search.LikePattern;
import ollamaweb.search.Search;
import ollamaweb.search.SearchHit;
import ollamaweb.search.SearchTerms.Term;

/**
 * One search through a user's messages: the index names candidates, newest first, and each is read to see if it is one. Of the
 * two kinds of grams it is asked about that of which the rarest is rarer.
 */
final class MessageSearch {

    /** So many messages are read faster than the index is asked about them. */
    private static final int FEW = 10_000;
    private static final int RECENT = 1000;

    private final SearchDao dao;
    private final long userId;
    private final Long within;
    private final Search search;
    private final Matches matches;
    private final long first;
    private final long last;

    /** @param within the one conversation of the user's to look through; null: all */
    MessageSearch(SearchDao dao, long userId, Long within, Search search) {
        this.dao = dao;
        this.userId = userId;
        this.within = within;
        this.search = search;
        this.matches = new Matches(search);
        var filter = search.filter();
        this.first = filter.after() == null ? Candidate.firstPosition(userId) : Candidate.firstPosition(userId, filter.after());
        this.last = Candidate.lastPosition(userId, filter.until());
    }

    /** @return what was found, newest first */
    List<SearchHit> hits() {
        find();
        return matches.hits();
    }

    /** @return what was found in conversations that are not long, whoever's they are, newest first */
    static List<SearchHit> hitsOf(SearchDao dao, List<Long> conversationIds, Search search) {
        var matches = new Matches(search);
        try (var candidates = dao.inConversations(Json.write(conversationIds), like(search), search.filter())) {
            candidates.forEach(matches::take);
        }
        return matches.hits();
    }

    private void find() {
        if (within != null && dao.count(within) <= FEW) {
            concludes(dao.inConversation(within, userId, like(search), search.filter()));
        } else if (!isShort(search.terms().longest()) || !concludesAmongNewest()) {
            findByGrams();
        }
    }

    /** @return whether nothing else can be wanted */
    private boolean concludesAmongNewest() {
        long begin = Math.max(first, dao.nth(first, last, RECENT));
        return concludes(dao.all(null, userId, within, search.filter(), begin, last)) || begin == first;
    }

    private void findByGrams() {
        long narrow = Math.min(dao.findDue().orElse(Long.MIN_VALUE), last);
        var wide = narrow < last ? wideGrams(Math.max(first, narrow + 1)) : null;
        if (wide == null) {
            byTrigrams(last);
        } else if (!concludes(wide, Math.max(first, narrow + 1)) && narrow >= first) {
            byTrigrams(narrow);
        }
    }

    private void byTrigrams(long end) {
        var grams = expression(end);
        concludes(grams == null
                ? dao.all(literal(), userId, within, search.filter(), first, end)
                : dao.withGrams(grams, like(search), userId, within, search.filter(), first, end));
    }

    private boolean concludes(RarestGrams wide, long begin) {
        return concludes(dao.withWideGrams(TrigramQuery.joined(wide.grams(), " AND "), like(search), userId, within, search.filter(), begin,
                last));
    }

    /** @return the wide grams that all the terms have; null if there is a trigram that is rarer than each of them */
    private RarestGrams wideGrams(long begin) {
        var all = search.terms().required().stream().flatMap(term -> WideGrams.sought(term).stream()).distinct().toList();
        if (all.isEmpty()) {
            return null;
        }
        var wide = RarestGrams.of(all, gram -> dao.wideReach('"' + gram + '"', begin, last, RarestGrams.NTH));
        var trigrams = new TrigramQuery(dao, begin, last);
        boolean isRarest = wide.reach() == 0
                || search.terms().required().stream().filter(term -> !isShort(term))
                        .allMatch(term -> trigrams.reach(term.folded()) >= wide.reach());
        return isRarest ? wide : null;
    }

    /**
     * Keeps the newest of the candidates that have what is searched for.
     *
     * @return whether nothing that would come after them could be newer; else all were read
     */
    private boolean concludes(Stream<Candidate> candidates) {
        try (candidates) {
            for (var each = candidates.iterator(); each.hasNext();) {
                var candidate = each.next();
                if (matches.endAt(candidate)) {
                    return true;
                }
                matches.take(candidate);
            }
            return false;
        }
    }

    /**
     * Of the terms those that are long enough for the index, or the longest, if none is.
     *
     * @return an expression for any of the spellings of each of them, or null when there is none that would help
     */
    private String expression(long end) {
        var longEnough = search.terms().required().stream().filter(term -> !isShort(term)).toList();
        var grams = new TrigramQuery(dao, first, end);
        var expressions = new ArrayList<String>();
        for (var term : longEnough.isEmpty() ? List.of(search.terms().longest()) : longEnough) {
            var expression = expression(grams, term);
            if (expression == null) {
                return null;
            }
            expressions.add("(" + expression + ")");
        }
        return String.join(" AND ", expressions);
    }

    private static String expression(TrigramQuery grams, Term term) {
        var expressions = new ArrayList<String>();
        for (var spelling : spellings(term)) {
            var expression = grams.expression(spelling);
            if (expression.isEmpty()) {
                return null;
            }
            expressions.add(expression.get());
        }
        return String.join(" OR ", expressions);
    }

    private static boolean isShort(Term term) {
        return spellings(term).stream().anyMatch(TrigramQuery::isShort);
    }

    /** The index folds letter by letter and does not compose them: a text is found as it folds, decomposed, and as typed. */
    private static Set<String> spellings(Term term) {
        var spellings = new LinkedHashSet<String>();
        spellings.add(term.folded());
        spellings.add(Normalizer.normalize(term.folded(), Normalizer.Form.NFD));
        spellings.add(term.text().toLowerCase(Locale.ROOT));
        return spellings;
    }

    /** @return the pattern of the longest term; where that is no ASCII, no text is like it that is */
    private static String like(Search search) {
        return LikePattern.containing(search.terms().longest().folded());
    }

    /** @return the longest term if there is one way to write it, as in Chinese; else null */
    private String literal() {
        var term = search.terms().longest();
        boolean isWrittenInOneWay = spellings(term).size() == 1 && term.folded().toUpperCase(Locale.ROOT).equals(term.folded());
        return isWrittenInOneWay ? term.folded() : null;
    }
}
