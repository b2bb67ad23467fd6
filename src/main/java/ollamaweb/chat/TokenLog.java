package ollamaweb.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ollamaweb.http.SseBuffer;

/**
 * What a model has said so far, as UTF-8, and where each piece ends. One thread appends, any number read along without
 * locks. A place in it is a number of bytes from the start: it means the same before and after a restart, and the
 * place where a piece ends is the id of its event.
 */
final class TokenLog {

    private static final int STORED_PIECE_BYTES = 4096;

    private byte[] text = new byte[512];
    private int[] ends = new int[64];
    private int length;
    /** Written last: whoever reads it sees all that was written before. */
    private volatile int count;

    /** @return a log of text that was said before, in pieces of moderate size */
    static TokenLog of(String said) {
        var log = new TokenLog();
        var bytes = said.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length;) {
            int to = boundary(bytes, bytes.length, Math.min(bytes.length, from + STORED_PIECE_BYTES));
            log.append(bytes, from, to);
            from = to;
        }
        return log;
    }

    void append(String piece) {
        var bytes = piece.getBytes(StandardCharsets.UTF_8);
        append(bytes, 0, bytes.length);
    }

    /** @return about how much memory a piece of that many bytes takes: its text, with room to grow, and where it ends */
    static long memory(int bytes) {
        return 2L * bytes + 2 * Integer.BYTES;
    }

    /** @return how many of the first {@code room} bytes of UTF-8 text make whole characters */
    static int whole(byte[] bytes, int room) {
        int at = room;
        while (at > 0 && at < bytes.length && (bytes[at] & 0xC0) == 0x80) {
            at--;
        }
        return at;
    }

    void append(byte[] bytes, int from, int to) {
        int pieces = count;
        int more = to - from;
        if (text.length - length < more) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, length + more));
        }
        if (ends.length == pieces) {
            ends = Arrays.copyOf(ends, pieces * 2);
        }
        System.arraycopy(bytes, from, text, length, more);
        length += more;
        ends[pieces] = length;
        count = pieces + 1;
    }

    /** @return how many pieces there are */
    int count() {
        return count;
    }

    /** @return the place after everything said so far */
    int end() {
        int pieces = count;
        return pieces == 0 ? 0 : ends[pieces - 1];
    }

    /** @return what stands between two places */
    String text(int from, int to) {
        int end = Math.min(to, end());
        return from >= end ? "" : new String(text, from, end - from, StandardCharsets.UTF_8);
    }

    /** @return the nearest place at or after {@code place} that does not split a character; the end, for one beyond it */
    int boundary(long place) {
        int end = end();
        return boundary(text, end, (int) Math.max(0, Math.min(end, place)));
    }

    /** @return the number of the first piece that ends after a place; {@link #count} if there is none yet */
    int pieceAt(int place) {
        int pieces = count;
        int found = Arrays.binarySearch(ends, 0, pieces, place);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /**
     * Adds pieces as {@code token} events until there are no more or about {@code room} bytes are full.
     *
     * @param piece the number of the first piece
     * @param place where in it to begin
     * @return the number of the first piece that was not added
     */
    int write(SseBuffer frames, int piece, int place, int room) {
        int pieces = count;
        int from = place;
        int next = piece;
        while (next < pieces && frames.size() < room) {
            int to = ends[next];
            frames.token(to, text, from, to);
            from = to;
            next++;
        }
        return next;
    }

    /** @return where piece number {@code piece} begins */
    int start(int piece) {
        return piece == 0 ? 0 : ends[piece - 1];
    }

    private static int boundary(byte[] text, int end, int place) {
        int at = place;
        while (at < end && (text[at] & 0xC0) == 0x80) {
            at++;
        }
        return at;
    }
}
