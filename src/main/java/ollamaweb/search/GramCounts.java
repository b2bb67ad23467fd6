package ollamaweb.search;

import java.util.HashMap;
import java.util.Map;

/**
 * The wide grams of a text and how often it has each, which tells apart what has the same three characters in a row: "the the
 * the the" has those of most English texts. They are six characters wide: two and three on the sides of each one that is
 * neither a letter nor a digit, which is where words end, and six letters or digits in a row.
 */
public final class GramCounts {

    private static final int WIDTH = 6;
    private static final int FEWEST_BESIDE = 2;
    private static final int MOST_COUNTED = 16;
    /** Chinese, Japanese and Korean begin here: what they write in three characters is rare enough. */
    private static final char UNSPACED = '\u2E80';

    private final Map<Integer, Integer> counts = new HashMap<>();
    private final String text;

    private GramCounts(String text) {
        this.text = text;
    }

    /**
     * @param text folded
     * @return how often each comes, 16 at most, by its hash; two may have the same one
     */
    public static Map<Integer, Integer> of(String text) {
        var grams = new GramCounts(text);
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = Character.isLetterOrDigit(c);
            letters = isLetter && c < UNSPACED ? letters + 1 : 0;
            if (letters >= WIDTH) {
                grams.count(i + 1 - WIDTH);
            } else if (!isLetter) {
                grams.countBeside(i);
            }
        }
        return grams.counts;
    }

    /** @return as {@link #of}, but for those that are letters or digits in a row */
    public static Map<Integer, Integer> besideWords(String text) {
        var grams = new GramCounts(text);
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLetterOrDigit(text.charAt(i))) {
                grams.countBeside(i);
            }
        }
        return grams.counts;
    }

    private void countBeside(int at) {
        count(at - FEWEST_BESIDE);
        count(at - FEWEST_BESIDE - 1);
    }

    private void count(int from) {
        if (from < 0 || from + WIDTH > text.length()) {
            return;
        }
        int gram = 0;
        for (int i = from; i < from + WIDTH; i++) {
            gram = 31 * gram + text.charAt(i);
        }
        counts.merge(gram, 1, (count, one) -> Math.min(count + one, MOST_COUNTED));
    }
}
