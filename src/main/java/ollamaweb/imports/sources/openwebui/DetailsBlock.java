package ollamaweb.imports.sources.openwebui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A part of an answer's text: plain text, or a block {@code <details type="…">} in which Open WebUI puts thoughts and calls.
 *
 * @param type       {@code reasoning}, {@code tool_calls}, {@code code_interpreter}, or {@link #TEXT}
 * @param attributes of the block, without markup
 * @param body       the text; of a block without its summary, markup and marks of quotation
 */
record DetailsBlock(String type, Map<String, String> attributes, String body) {

    static final String TEXT = "";

    private static final Pattern OPENING =
            Pattern.compile("<details type=\"(reasoning|tool_calls|code_interpreter)\"((?: [\\w-]{1,50}=\"[^\"]*+\"){0,20}+) ?>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]{1,50})=\"([^\"]*+)\"");
    private static final String CLOSING = "</details>";
    private static final String MARK = ">";
    private static final String ESCAPED_MARK = "&gt;";
    private static final String SUMMARY_BEGINS = "<summary>";
    private static final String SUMMARY_ENDS = "</summary>";

    /** @return the parts in their order; a block that does not end goes to the end */
    static List<DetailsBlock> split(String text) {
        var parts = new ArrayList<DetailsBlock>();
        var opening = OPENING.matcher(text);
        int next = 0;
        while (opening.find(next)) {
            addText(parts, text.substring(next, opening.start()));
            int close = closing(text, opening.end());
            var body = text.substring(opening.end(), close < 0 ? text.length() : close);
            parts.add(new DetailsBlock(opening.group(1), attributes(opening.group(2)), plain(body)));
            next = close < 0 ? text.length() : close + CLOSING.length();
        }
        addText(parts, text.substring(next));
        return parts;
    }

    /** @return where the block ends: not in a quoted line, where a thought may speak of such blocks; -1 where it does not */
    private static int closing(String text, int from) {
        int line = from;
        int seen = from;
        for (int close = text.indexOf(CLOSING, from); close >= 0; close = text.indexOf(CLOSING, close + 1)) {
            for (; seen < close; seen++) {
                line = text.charAt(seen) == '\n' ? seen + 1 : line;
            }
            if (line == from || text.charAt(line) != '>') {
                return close;
            }
        }
        return -1;
    }

    private static void addText(List<DetailsBlock> parts, String text) {
        if (!text.isBlank()) {
            parts.add(new DetailsBlock(TEXT, Map.of(), text));
        }
    }

    private static Map<String, String> attributes(String written) {
        var attributes = new HashMap<String, String>();
        var attribute = ATTRIBUTE.matcher(written);
        while (attribute.find()) {
            attributes.put(attribute.group(1), HtmlText.unescape(attribute.group(2)));
        }
        return attributes;
    }

    private static String plain(String body) {
        var inner = body.strip();
        int summary = inner.startsWith(SUMMARY_BEGINS) ? inner.indexOf(SUMMARY_ENDS) : -1;
        inner = summary < 0 ? inner : inner.substring(summary + SUMMARY_ENDS.length()).strip();
        var lines = new StringBuilder(inner.length());
        inner.lines().forEach(line -> lines.append(lines.isEmpty() ? "" : "\n").append(unquoted(line)));
        var text = lines.toString().strip();
        // Older versions did not escape: in what they wrote there may be markup, in what is escaped there is none.
        return text.indexOf('<') >= 0 || text.indexOf('>') >= 0 ? text : HtmlText.unescape(text);
    }

    /** Some versions escape the marks of quotation as well. */
    private static String unquoted(String line) {
        var mark = line.startsWith(ESCAPED_MARK) ? ESCAPED_MARK : MARK;
        return line.startsWith(mark + " ") ? line.substring(mark.length() + 1) : line.equals(mark) ? "" : line;
    }
}
