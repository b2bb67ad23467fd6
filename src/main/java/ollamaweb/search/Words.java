package ollamaweb.search;

import java.util.LinkedHashSet;
import java.util.Set;

/** Words of scripts that put blanks between them. */
public final class Words {

    private Words() {}

    /** @return the words of a text, each once, as long as they go */
    public static Set<String> in(String text) {
        var words = new LinkedHashSet<String>();
        int begin = -1;
        for (int at = 0; at <= text.length();) {
            int character = at == text.length() ? ' ' : text.codePointAt(at);
            if (!isOfWord(character)) {
                if (begin >= 0) {
                    words.add(text.substring(begin, at));
                }
                begin = -1;
            } else if (begin < 0) {
                begin = at;
            }
            at += Character.charCount(character);
        }
        return words;
    }

    /** @return whether a word may begin or end there; where no blanks are written between words, that is anywhere */
    public static boolean isBorder(String text, int at) {
        return at == 0 || at == text.length() || !isOfWord(text.codePointBefore(at)) || !isOfWord(text.codePointAt(at));
    }

    private static boolean isOfWord(int character) {
        if (character < 0x80) {
            return Character.isLetterOrDigit(character) || character == '_';
        }
        return (Character.isLetterOrDigit(character) || Character.getType(character) == Character.NON_SPACING_MARK)
                && switch (Character.UnicodeScript.of(character)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, TIBETAN -> false;
                    default -> true;
                };
    }
}
