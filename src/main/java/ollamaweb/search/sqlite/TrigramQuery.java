package ollamaweb.search.sqlite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns a text into the FTS5 expression that every message with this text satisfies, and few others. */
final class TrigramQuery {

    private static final int LENGTH = 3;

    /** How many grams of a long text are looked at, and how many of them, the rarest, are asked for. */
    private static final int LOOKED_AT = 24;
    private static final int ASKED_FOR = 6;
    private static final int NTH = 64;

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
            return Optional.of(joined(rarest(sample(text)), " AND "));
        }
        var beginnings = dao.gramsBetween(text, after(text), MOST_BEGINNINGS + 1);
        if (beginnings.size() > MOST_BEGINNINGS) {
            return Optional.empty();
        }
        return Optional.of(beginnings.isEmpty() ? quoted(text) : joined(beginnings, " OR "));
    }

    /** A gram is rare when one has to go far back to find it a number of times; common ones cost much and exclude little. */
    private List<String> rarest(List<String> grams) {
        if (grams.size() <= ASKED_FOR) {
            return grams;
        }
        record Reach(String gram, long position) {}
        return grams.stream()
                .map(gram -> new Reach(gram, dao.reach(quoted(gram), first, last, NTH)))
                .sorted(Comparator.comparingLong(Reach::position))
                .limit(ASKED_FOR)
                .map(Reach::gram)
                .toList();
    }

    private static List<String> sample(String text) {
        var all = new LinkedHashSet<String>();
        int count = text.codePointCount(0, text.length()) - LENGTH + 1;
        for (int i = 0, start = 0; i < count; i++, start = text.offsetByCodePoints(start, 1)) {
            all.add(text.substring(start, text.offsetByCodePoints(start, LENGTH)));
        }
        var grams = new ArrayList<>(all);
        int size = Math.min(grams.size(), LOOKED_AT);
        return IntStream.range(0, size).mapToObj(i -> grams.get((int) ((long) i * grams.size() / size))).toList();
    }

    /** @return the lowest text that is higher than all that begin with this one, in the order of UTF-8 */
    private static String after(String text) {
        int end = text.offsetByCodePoints(text.length(), -1);
        int next = text.codePointAt(end) + 1;
        return text.substring(0, end) + Character.toString(next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next);
    }

    private static String joined(List<String> grams, String operator) {
        return grams.stream().map(TrigramQuery::quoted).collect(Collectors.joining(operator, "(", ")"));
    }

    /** What is quoted is never query syntax. */
    private static String quoted(String gram) {
        return '"' + gram.replace("\"", "\"\"") + '"';
    }
}
