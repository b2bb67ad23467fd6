package ollamaweb.conversations;

import ollamaweb.json.Excerpt;

/** Makes a conversation's title from its first message. */
public final class Title {

    private static final int MAX = 50;

    private Title() {}

    /** @return the first line that says something, cut at a word at 50 characters, with {@code …} when cut */
    public static String of(String message) {
        var line = message.lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst()
                .orElse(Conversation.UNTITLED)
                .replaceAll("\\p{Cntrl}", " ");
        return Excerpt.cutAtWord(line, MAX);
    }
}
