package ollamaweb.search.sqlite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ollamaweb.json.Texts;

/**
 * The grams of a text that tell apart what has the same trigrams. They are six characters wide: two and three on the sides of
 * each one that is neither a letter nor a digit, which is where words end, and six letters or digits in a row. A gram that comes
 * again is another gram. Each becomes a number in a word of three characters; as two may become the same one, they lead to a little more than is
 * meant.
 */
final class WideGrams {

    /** A text is seen in blocks of so many characters, so that pieces of it have its grams, whatever their size. */
    static final int BLOCK = 1000;

    /** Each block goes on for so many characters, more than what is looked for can have before it is folded. */
    static final int OVERLAP = 512;

    /** No more of what is searched for is looked at. */
    private static final int MOST_SOUGHT = 100;

    private static final int WIDTH = 6;
    private static final int FEWEST_BESIDE = 2;
    private static final int MOST_COUNTED = 16;
    /** Chinese, Japanese and Korean begin here: what they write in three characters is rare enough. */
    private static final char UNSPACED = '\u2E80';

    private static final int RADIX = 36;
    private static final int NUMBERS = RADIX * RADIX * RADIX;

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
            counts(Texts.fold(piece.substring(start, offset(piece, start, BLOCK + OVERLAP)))).forEach((gram, count) -> {
                for (int i = 1; i <= count; i++) {
                    grams.append(word(gram, i)).append(' ');
                }
            });
            start = offset(piece, start, BLOCK);
        }
        return grams.toString();
    }

    /** @return the grams that every text has that has this one in it; none where it is too short */
    static List<String> sought(String folded) {
        var grams = new ArrayList<String>();
        counts(folded.substring(0, Math.min(folded.length(), MOST_SOUGHT))).forEach((gram, count) -> grams.add(word(gram, count)));
        return grams;
    }

    private static int offset(String text, int from, int characters) {
        return text.length() - from <= characters || text.codePointCount(from, text.length()) <= characters
                ? text.length()
                : text.offsetByCodePoints(from, characters);
    }

    /** How often each gram comes. */
    private static Map<Integer, Integer> counts(String text) {
        var counts = new HashMap<Integer, Integer>();
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = Character.isLetterOrDigit(c);
            letters = isLetter && c < UNSPACED ? letters + 1 : 0;
            if (letters >= WIDTH) {
                count(counts, text, i + 1 - WIDTH);
            } else if (!isLetter) {
                count(counts, text, i - FEWEST_BESIDE);
                count(counts, text, i - FEWEST_BESIDE - 1);
            }
        }
        return counts;
    }

    private static void count(Map<Integer, Integer> counts, String text, int from) {
        if (from < 0 || from + WIDTH > text.length()) {
            return;
        }
        int gram = 0;
        for (int i = from; i < from + WIDTH; i++) {
            gram = 31 * gram + text.charAt(i);
        }
        counts.merge(gram, 1, (count, one) -> Math.min(count + one, MOST_COUNTED));
    }

    /** Grams that are alike have numbers that are not. */
    private static String word(int gram, int count) {
        int mixed = (gram + count * 0x9E3779B9) * 0x2C1B3C6D;
        mixed = (mixed ^ mixed >>> 15) * 0x297A2D39;
        return Integer.toString(NUMBERS + Integer.remainderUnsigned(mixed ^ mixed >>> 16, NUMBERS), RADIX).substring(1);
    }
}
