package ollamaweb.search.postgresql;

import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ollamaweb.search.GramCounts;
import ollamaweb.search.SearchTerms;
import ollamaweb.search.SearchTerms.Term;
import ollamaweb.search.Words;

/**
 * What leads to texts where trigrams lead to too many: their words, and wide grams of where words end, a gram that comes again
 * being another gram. They are numbers, in PostgreSQL's notation for arrays.
 */
final class TextGrams {

    /** Each part of a text of several parts has it: what is looked for may be in different ones. */
    static final int OF_SEVERAL = 0;

    /** No more of what is looked for is asked for: each makes the question longer and the answer hardly shorter. */
    private static final int MOST_CHARACTERS = 100;
    private static final int MOST_ASKED_FOR = 24;

    private TextGrams() {}

    /**
     * @param folded    a text or a part of one
     * @param isOfSeveral whether there are other parts
     */
    static String of(String folded, boolean isOfSeveral) {
        var grams = new TreeSet<Integer>();
        GramCounts.besideWords(folded).forEach((gram, count) -> {
            for (int i = 1; i <= count; i++) {
                grams.add(number(gram, i));
            }
        });
        Words.in(folded).forEach(word -> grams.add(number(word.hashCode(), 0)));
        if (isOfSeveral) {
            grams.add(OF_SEVERAL);
        }
        return array(grams);
    }

    /** @return what every text has that says all of this; null where that is nothing */
    static String sought(SearchTerms terms) {
        var words = new TreeSet<Integer>();
        var others = new TreeSet<Integer>();
        for (var term : terms.required()) {
            if (term.isWhole()) {
                Words.in(term.folded()).forEach(word -> words.add(number(word.hashCode(), 0)));
            }
            GramCounts.besideWords(beginning(term)).forEach((gram, count) -> others.add(number(gram, count)));
        }
        words.addAll(others.stream().limit(Math.max(0, MOST_ASKED_FOR - words.size())).toList());
        return words.isEmpty() ? null : array(words);
    }

    private static String beginning(Term term) {
        return term.folded().substring(0, Math.min(term.folded().length(), MOST_CHARACTERS));
    }

    private static int number(int hash, int count) {
        int number = hash + count * 0x9E3779B9;
        return number == OF_SEVERAL ? 1 : number;
    }

    private static String array(Collection<Integer> numbers) {
        return numbers.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
