package ollamaweb.search.sqlite;

import java.util.ArrayList;
import java.util.List;
import ollamaweb.json.Texts;
import ollamaweb.search.GramCounts;
import ollamaweb.search.SearchTerms.Term;
import ollamaweb.search.Words;

/**
 * The wide grams of a text ({@link GramCounts}) as the index gets them. A gram that comes again is another gram, and whole words
 * are grams, too. Each becomes a number of three characters, that of a word of four; as two may become the same one, they lead to
 * a little more than is meant.
 */
final class WideGrams {

    /** A text is seen in blocks of so many characters, so that pieces of it have its grams, whatever their size. */
    static final int BLOCK = 1000;

    /** Each block goes on for so many characters, more than what is looked for can have before it is folded. */
    static final int OVERLAP = 512;

    /** No more of what is searched for is looked at. */
    private static final int MOST_SOUGHT = 100;

    private static final int RADIX = 36;
    private static final int NUMBERS = RADIX * RADIX * RADIX;
    private static final int NUMBERS_OF_WORDS = NUMBERS * RADIX;

    private WideGrams() {}

    /**
     * @param piece  that begins where a block does, with the {@link #OVERLAP} that follows it
     * @param length of the piece without that, in characters
     * @return its grams, with blanks between them
     */
    static String of(String piece, int length) {
        var grams = new StringBuilder();
        int start = 0;
        for (int from = 0; from == 0 || from < length && start < piece.length(); from += BLOCK) {
            var block = Texts.fold(piece.substring(start, offset(piece, start, BLOCK + OVERLAP)));
            GramCounts.of(block).forEach((gram, count) -> {
                for (int i = 1; i <= count; i++) {
                    grams.append(token(gram, i)).append(' ');
                }
            });
            Words.in(block).forEach(word -> grams.append(token(word)).append(' '));
            start = offset(piece, start, BLOCK);
        }
        return grams.toString();
    }

    /** @return the grams that every text has that says this; none where it is too short */
    static List<String> sought(Term term) {
        var grams = new ArrayList<String>();
        if (term.isWhole()) {
            Words.in(term.folded()).forEach(word -> grams.add(token(word)));
        }
        var beginning = term.folded().substring(0, Math.min(term.folded().length(), MOST_SOUGHT));
        GramCounts.of(beginning).forEach((gram, count) -> grams.add(token(gram, count)));
        return grams;
    }

    private static int offset(String text, int from, int characters) {
        return text.length() - from <= characters || text.codePointCount(from, text.length()) <= characters
                ? text.length()
                : text.offsetByCodePoints(from, characters);
    }

    private static String token(int gram, int count) {
        return number(gram + count * 0x9E3779B9, NUMBERS);
    }

    private static String token(String word) {
        return number(word.hashCode(), NUMBERS_OF_WORDS);
    }

    /** Grams that are alike have numbers that are not. */
    private static String number(int gram, int numbers) {
        int mixed = gram * 0x2C1B3C6D;
        mixed = (mixed ^ mixed >>> 15) * 0x297A2D39;
        return Integer.toString(numbers + Integer.remainderUnsigned(mixed ^ mixed >>> 16, numbers), RADIX).substring(1);
    }
}
