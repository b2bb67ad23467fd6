package ollamaweb.json;

import java.text.Normalizer;
import java.util.Locale;

/** What text is, wherever it comes from: which characters can be kept, how long it is, when two are the same. */
public final class Texts {

    private static final int REPLACEMENT = 0xFFFD;
    /** The JDK copies the whole text for each letter that becomes longer, such as ß: in pieces, that takes no time. */
    private static final int PIECE = 512;

    private Texts() {}

    /** @return whether every database keeps the text as it is: no U+0000, no unpaired surrogate */
    public static boolean isKeepable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** @return the text with U+FFFD in place of each character that cannot be kept */
    public static String keepable(String text) {
        if (isKeepable(text)) {
            return text;
        }
        var kept = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** @return the length in characters as people count them: Unicode code points */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Twice to lower case, since letters such as U+1E9E (capital sharp s) have no upper case until then. A sigma at the end
     * of a word is like any other: what ends here may be the middle of what is searched.
     *
     * @return a form in which texts that differ only in case or in Unicode composition are equal
     */
    public static String fold(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        var composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        var folded = new StringBuilder(composed.length());
        for (int from = 0; from < composed.length();) {
            int to = Math.min(from + PIECE, composed.length());
            to += to < composed.length() && Character.isLowSurrogate(composed.charAt(to)) ? 1 : 0;
            var lower = composed.substring(from, to).toLowerCase(Locale.ROOT);
            folded.append(lower.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ'));
            from = to;
        }
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
