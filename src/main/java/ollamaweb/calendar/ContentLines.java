package ollamaweb.calendar;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of RFC 5545, section 3.1: ended by CR LF, none longer than 75 octets, longer ones folded between characters. */
final class ContentLines {

    private static final int MOST_OCTETS = 75;

    private final StringBuilder lines = new StringBuilder();

    /** Adds a line whose value is written as it is. */
    ContentLines line(String name, String value) {
        fold(name + ":" + value);
        return this;
    }

    /** Adds a line whose value is somebody's text; none where that is null or empty. */
    ContentLines text(String name, String value) {
        return value == null || value.isEmpty() ? this : line(name, escaped(value));
    }

    /** Adds a line with several texts; none where there are none. */
    ContentLines texts(String name, List<String> values) {
        return values.isEmpty() ? this : line(name, values.stream().map(ContentLines::escaped).collect(Collectors.joining(",")));
    }

    byte[] bytes() {
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What no line may hold, control characters, is left out. */
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            switch (c) {
                case '\\', ';', ',' -> escaped.append('\\').appendCodePoint(c);
                case '\n', '\r' -> escaped.append("\\n");
                case '\t' -> escaped.append('\t');
                default -> {
                    if (!Character.isISOControl(c)) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private void fold(String line) {
        int octets = 0;
        for (int i = 0; i < line.length();) {
            int c = line.codePointAt(i);
            int size = octets(c);
            if (octets + size > MOST_OCTETS) {
                lines.append("\r\n ");
                octets = 1;
            }
            lines.appendCodePoint(c);
            octets += size;
            i += Character.charCount(c);
        }
        lines.append("\r\n");
    }

    private static int octets(int character) {
        if (character < 0x80) {
            return 1;
        }
        return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
