package ollamaweb.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Looks whether bytes are text in UTF-8, as they come. U+0000 is in no text; it is how binary files are told. */
final class TextCheck {

    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer characters = CharBuffer.allocate(8192);
    /** The beginning of a character whose end has not come yet. */
    private final ByteBuffer begun = ByteBuffer.allocate(LONGEST_CHARACTER);
    private boolean isText = true;

    void add(byte[] bytes, int offset, int length) {
        var in = ByteBuffer.wrap(bytes, offset, length);
        while (isText && begun.position() > 0 && in.hasRemaining()) {
            begun.put(in.get());
            begun.flip();
            decode(begun, false);
            begun.compact();
        }
        if (isText && in.hasRemaining()) {
            decode(in, false);
            if (in.remaining() >= LONGEST_CHARACTER) {
                isText = false;
            } else {
                begun.put(in);
            }
        }
    }

    /** @return whether all of it was text; nothing may be added any more */
    boolean end() {
        if (isText) {
            begun.flip();
            decode(begun, true);
        }
        return isText;
    }

    private void decode(ByteBuffer in, boolean isEnd) {
        boolean more = true;
        while (isText && more) {
            characters.clear();
            var result = decoder.decode(in, characters, isEnd);
            characters.flip();
            isText = !result.isError() && characters.chars().noneMatch(character -> character == 0);
            more = result.isOverflow();
        }
    }
}
