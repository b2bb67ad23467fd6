package ollamaweb.search.sqlite;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns a text into the FTS5 expression that every message with this text satisfies, and few others. */
final class TrigramQuery {

    private static final int LENGTH = 3;

    /** A text of one or two characters is the beginning of many grams; with more than this it is found everywhere. */
    private static final int MOST_BEGINNINGS = 1000;

    private final SearchDao dao;
    private final long first;
    private final long last;

    /** Which trigrams are rare is told among the entries from the first position to the last. */
    TrigramQuery(SearchDao dao, long first, long last) {
        this.dao = dao;
        this.first = first;
        this.last = last;
    }

    static boolean isShort(String text) {
        return text.codePointCount(0, text.length()) < LENGTH;
    }

    /** @return the expression; empty when the text begins too many grams to ask for */
    Optional<String> expression(String text) {
        if (!isShort(text)) {
            return Optional.of(joined(rarest(trigrams(text)).grams(), " AND "));
        }
        var beginnings = dao.gramsBetween(text, after(text), MOST_BEGINNINGS + 1);
        if (beginnings.size() > MOST_BEGINNINGS) {
            return Optional.empty();
        }
        return Optional.of(beginnings.isEmpty() ? quoted(text) : joined(beginnings, " OR "));
    }

    /** @return how far back the rarest trigram of a text that is not short reaches */
    long reach(String text) {
        return rarest(trigrams(text)).reach();
    }

    private RarestGrams rarest(List<String> grams) {
        return RarestGrams.of(grams, gram -> dao.reach(quoted(gram), first, last, RarestGrams.NTH));
    }

    private static List<String> trigrams(String text) {
        var trigrams = new LinkedHashSet<String>();
        int count = text.codePointCount(0, text.length()) - LENGTH + 1;
        for (int i = 0, start = 0; i < count; i++, start = text.offsetByCodePoints(start, 1)) {
            trigrams.add(text.substring(start, text.offsetByCodePoints(start, LENGTH)));
        }
        return List.copyOf(trigrams);
    }

    /** @return the lowest text that is higher than all that begin with this one, in the order of UTF-8 */
    private static String after(String text) {
        int end = text.offsetByCodePoints(text.length(), -1);
        int next = text.codePointAt(end) + 1;
        return text.substring(0, end) + Character.toString(next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next);
    }

    static String joined(List<String> grams, String operator) {
        return grams.stream().map(TrigramQuery::quoted).collect(Collectors.joining(operator, "(", ")"));
    }

    /** What is quoted is never query syntax. */
    private static String quoted(String gram) {
        return '"' + gram.replace("\"", "\"\"") + '"';
    }
}
