package ollamaweb.conversations;

/** Makes a conversation's title from its first message. */
public final class Title {

    private static final int MAX = 50;

    private Title() {}

    /** @return the first line that says something, cut at a word at 50 characters, with {@code …} when cut */
    public static String of(String message) {
        var line = message.lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst()
                .orElse(Conversation.UNTITLED)
                .replaceAll("\\p{Cntrl}", " ");
        if (line.codePointCount(0, line.length()) <= MAX) {
            return line;
        }
        int end = line.offsetByCodePoints(0, MAX);
        if (!Character.isWhitespace(line.codePointAt(end))) {
            int space = lastWhitespace(line, end);
            end = space > 0 ? space : end;
        }
        return line.substring(0, end).stripTrailing() + "…";
    }

    private static int lastWhitespace(String line, int end) {
        for (int i = end - 1; i > 0; i--) {
            if (Character.isWhitespace(line.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
