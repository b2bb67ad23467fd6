package ollamaweb.search;

import java.text.BreakIterator;
import java.util.Locale;
import ollamaweb.json.Excerpt;
import ollamaweb.json.Texts;

/** The place in a message where something was found, as it is written there, with a little of what is around it. */
public final class Snippet {

    private static final int CONTEXT = 50;
    private static final char FIRST_THAT_COMBINES = '\u0300';

    private Snippet() {}

    /** @return the first match with up to 50 characters on either side; the content's beginning when there is none */
    public static String of(String content, String foldedQuery) {
        int from = Math.max(0, Texts.fold(content).indexOf(foldedQuery));
        int to = from + foldedQuery.length();
        int start = 0;
        int end = 0;
        var graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(content);
        // Folding changes lengths, but never across the characters that people see: their folded lengths add up.
        for (int folded = 0; folded < to && end < content.length();) {
            int next = isAlone(content, end) ? end + 1 : graphemes.following(end);
            start = folded <= from ? end : start;
            folded += isAlone(content, end) ? 1 : Texts.fold(content.substring(end, next)).length();
            end = next;
        }
        return Excerpt.around(content, start, end, CONTEXT);
    }

    /** Most text is made of characters that fold to one and combine with nothing, which is quick to see. */
    private static boolean isAlone(String content, int at) {
        return content.charAt(at) < 0x80 && (at + 1 == content.length() || content.charAt(at + 1) < FIRST_THAT_COMBINES);
    }
}
