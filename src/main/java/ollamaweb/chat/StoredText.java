package ollamaweb.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A stored text as pieces of moderate size that hold whole characters, read as they are asked for. */
final class StoredText {

    private static final int PIECE_BYTES = 4096;
    /** The longest character has four bytes. */
    private static final int MOST_OF_A_CHARACTER = 3;

    private final InputStream text;
    private final byte[] buffer = new byte[PIECE_BYTES + MOST_OF_A_CHARACTER];
    /** The place of the buffer's first byte in the text. */
    private long place;
    private int filled;
    private boolean isAtBoundary;

    /**
     * @param text  UTF-8, from {@code place} on
     * @param place in bytes; one inside a character stands for the character's end
     */
    StoredText(InputStream text, long place) {
        this.text = text;
        this.place = place;
    }

    /** Takes one piece of the text. */
    @FunctionalInterface
    interface Piece {

        /** @param end the place in the text where it ends */
        void take(long end, byte[] bytes, int from, int to);
    }

    /** @return false if there is none */
    boolean next(Piece piece) {
        fill();
        if (filled == 0) {
            return false;
        }
        int length = filled <= PIECE_BYTES ? filled : Utf8.boundaryUpTo(buffer, PIECE_BYTES);
        piece.take(place + length, buffer, 0, length);
        drop(length);
        return true;
    }

    private void fill() {
        try {
            while (filled < buffer.length) {
                int read = text.read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    break;
                }
                filled += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!isAtBoundary) {
            drop(Utf8.boundaryFrom(buffer, 0, filled));
            isAtBoundary = true;
        }
    }

    private void drop(int length) {
        System.arraycopy(buffer, length, buffer, 0, filled - length);
        filled -= length;
        place += length;
    }
}
