package ollamaweb.search;

import java.text.BreakIterator;
import java.util.Locale;
import ollamaweb.json.Excerpt;
import ollamaweb.json.Texts;

/** The place in a message where something was found, as it is written there, with a little of what is around it. */
public final class Snippet {

    private static final int CONTEXT = 50;
    /** So much of a long text is passed over at once on the way to a match; character by character only near it. */
    private static final int STRIDE = 2048;
    /** Longer ones are taken for several. */
    private static final int LONGEST_GRAPHEME = 64;
    private static final char FIRST_THAT_COMBINES = '\u0300';

    private Snippet() {}

    /** @return the first match with up to 50 characters on either side; the content's beginning when there is none */
    public static String of(String content, String foldedQuery) {
        int from = Math.max(0, Texts.fold(content).indexOf(foldedQuery));
        int to = from + foldedQuery.length();
        // Folding changes lengths, but never across the characters that people see: their folded lengths add up.
        int end = 0;
        int folded = 0;
        for (int next = strideFrom(content, 0); next < content.length(); next = strideFrom(content, next)) {
            int length = Texts.fold(content.substring(end, next)).length();
            if (folded + length > from) {
                break;
            }
            folded += length;
            end = next;
        }
        int start = end;
        while (folded < to && end < content.length()) {
            int next = isAlone(content, end) ? end + 1 : graphemeEnd(content, end);
            start = folded <= from ? end : start;
            folded += isAlone(content, end) ? 1 : Texts.fold(content.substring(end, next)).length();
            end = next;
        }
        return Excerpt.around(content, start, end, CONTEXT);
    }

    /** @return the end of a character some thousand characters on; the content's end if that is nearer */
    private static int strideFrom(String content, int at) {
        if (at + STRIDE >= content.length()) {
            return content.length();
        }
        var graphemes = graphemes(content.substring(at, at + STRIDE));
        int last = graphemes.preceding(STRIDE);
        return at + (last > 0 ? last : STRIDE);
    }

    private static int graphemeEnd(String content, int at) {
        return at + graphemes(content.substring(at, Math.min(at + LONGEST_GRAPHEME, content.length()))).next();
    }

    private static BreakIterator graphemes(String text) {
        var graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
        graphemes.setText(text);
        return graphemes;
    }

    /** Most text is made of characters that fold to one and combine with nothing, which is quick to see. */
    private static boolean isAlone(String content, int at) {
        return content.charAt(at) < 0x80 && (at + 1 == content.length() || content.charAt(at + 1) < FIRST_THAT_COMBINES);
    }
}
