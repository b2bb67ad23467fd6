package ollamaweb.chat;

import java.nio.charset.StandardCharsets;

/** Where characters begin and end in UTF-8 text. */
final class Utf8 {

    private Utf8() {}

    /** @return how many bytes the text has */
    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** @return whether a byte is not the first one of its character */
    static boolean continuesCharacter(byte at) {
        return (at & 0xC0) == 0x80;
    }

    /** @return the place itself, or the end of the character that it is inside of; at most {@code end} */
    static int boundaryFrom(byte[] text, int place, int end) {
        int at = place;
        while (at < end && continuesCharacter(text[at])) {
            at++;
        }
        return at;
    }

    /** @return the place itself, or the beginning of the character that it is inside of */
    static int boundaryUpTo(byte[] text, int place) {
        int at = place;
        while (at > 0 && at < text.length && continuesCharacter(text[at])) {
            at--;
        }
        return at;
    }
}
