package ollamaweb.imports.sources;

import java.util.List;
import java.util.Locale;

/**
 * Thoughts that stand at the beginning of an answer's text, such as {@code <think>…</think>}.
 *
 * @param thinking null where there are none
 * @param content  what follows them
 */
public record ThinkTags(String thinking, String content) {

    private static final List<String> TAGS = List.of("think", "thinking", "thought", "thought_chain");
    private static final String LIBRECHAT_BEGINS = ":::thinking";
    private static final String LIBRECHAT_ENDS = "\n:::";

    /** Where a block of thoughts begins and ends, and where the text after it begins. */
    private record Block(int from, int to, int next) {}

    /** @param text null counts as empty; in one whose thoughts never end there is nothing else */
    public static ThinkTags split(String text) {
        if (text == null) {
            return new ThinkTags(null, "");
        }
        StringBuilder thinking = null;
        int next = 0;
        for (var block = blockAt(text, next); block != null; block = blockAt(text, next)) {
            thinking = thinking == null ? new StringBuilder() : thinking.append("\n\n");
            thinking.append(text.substring(block.from(), block.to()).strip());
            next = block.next();
        }
        return thinking == null ? new ThinkTags(null, text) : new ThinkTags(thinking.toString().strip(), text.substring(next).strip());
    }

    private static Block blockAt(String text, int from) {
        int begin = from;
        while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
            begin++;
        }
        if (text.startsWith(LIBRECHAT_BEGINS, begin)) {
            return until(text, begin + LIBRECHAT_BEGINS.length(), LIBRECHAT_ENDS);
        }
        if (begin == text.length() || text.charAt(begin) != '<') {
            return null;
        }
        int close = text.indexOf('>', begin);
        if (close < 0 || close - begin > 100) {
            return null;
        }
        var tag = text.substring(begin + 1, close).toLowerCase(Locale.ROOT).split("\\s", 2)[0];
        return TAGS.contains(tag) ? until(text, close + 1, "</" + text.substring(begin + 1, begin + 1 + tag.length()) + ">") : null;
    }

    private static Block until(String text, int from, String end) {
        int to = text.indexOf(end, from);
        return to < 0 ? new Block(from, text.length(), text.length()) : new Block(from, to, to + end.length());
    }
}
