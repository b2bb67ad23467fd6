package ollamaweb.search.sqlite;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text as the index gets it. The tokenizer folds case letter by letter; letters that become others or several when
 * they are folded are spelled out for it.
 */
final class IndexedText {

    /** Gives the last characters of a text a gram that begins with them. */
    private static final String END = "\n\n";

    private static final Map<String, String> SPELLED_OUT = Map.ofEntries(
            Map.entry("ß", "ss"), Map.entry("ẞ", "ss"),
            Map.entry("ﬀ", "ff"), Map.entry("ﬁ", "fi"), Map.entry("ﬂ", "fl"), Map.entry("ﬃ", "ffi"), Map.entry("ﬄ", "ffl"),
            Map.entry("ﬅ", "st"), Map.entry("ﬆ", "st"),
            Map.entry("ı", "i"), Map.entry("İ", "i\u0307"), Map.entry("և", "եւ"));

    private static final Pattern SPECIAL = Pattern.compile(SPELLED_OUT.keySet().stream().collect(Collectors.joining("", "[", "]")));

    private IndexedText() {}

    /** @param isLast whether the piece is the end of its text */
    static String of(String piece, boolean isLast) {
        var spelledOut = SPECIAL.matcher(piece).replaceAll(letter -> SPELLED_OUT.get(letter.group()));
        return isLast ? spelledOut + END : spelledOut;
    }
}
