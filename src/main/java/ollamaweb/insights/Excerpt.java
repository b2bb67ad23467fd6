package ollamaweb.insights;

import java.util.regex.Pattern;
import ollamaweb.conversations.SystemPrompt;

/** Cuts texts to what there is room for. */
final class Excerpt {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private Excerpt() {}

    /** @return the text on one line, without chat-template tokens, of at most {@code max} characters and {@code …} */
    static String line(String text, int max) {
        var clean = SystemPrompt.clean(BLANKS.matcher(text == null ? "" : text).replaceAll(" "));
        return clean == null ? "" : cut(clean.strip(), max);
    }

    /** @return the text, when it has more than {@code max} characters cut there, with {@code …} */
    static String cut(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                ? text
                : text.substring(0, text.offsetByCodePoints(0, max)).stripTrailing() + "…";
    }
}
