package ollamaweb.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import ollamaweb.http.SseBuffer;

/**
 * What a model has said and thought so far, as UTF-8, and where each piece ends. One thread appends, any number read along
 * without locks. A place in a text is a number of bytes from its start: it means the same before and after a restart, and the
 * place where a piece ends is the id of its event.
 */
final class TokenLog {

    private static final int STORED_PIECE_BYTES = 4096;

    /** How far a reader has got; each reader has one of its own. */
    static final class Position {
        private int piece;
        private int content;
        private int thinking;

        /** @return how many bytes of both texts stand before it */
        long bytes() {
            return (long) content + thinking;
        }

        Position copy() {
            var copy = new Position();
            copy.piece = piece;
            copy.content = content;
            copy.thinking = thinking;
            return copy;
        }
    }

    private byte[] content = new byte[512];
    private byte[] thinking = {};
    /** Where pieces of content end, and where pieces of thinking end as its complement, which is negative. */
    private int[] ends = new int[64];
    private volatile int contentEnd;
    private volatile int thinkingEnd;
    /** Written last: whoever reads it sees all that was written before. */
    private volatile int count;

    /** @return a log of texts that were there before, in pieces of moderate size */
    static TokenLog of(String said, String thought) {
        var log = new TokenLog();
        log.appendInPieces(true, thought.getBytes(StandardCharsets.UTF_8), 0);
        log.appendInPieces(false, said.getBytes(StandardCharsets.UTF_8), 0);
        return log;
    }

    /** Appends all of a text of any length from some place on, as pieces of moderate size. */
    void appendInPieces(boolean isThinking, byte[] bytes, int start) {
        for (int from = start; from < bytes.length;) {
            int to = Utf8.boundaryFrom(bytes, Math.min(bytes.length, from + STORED_PIECE_BYTES), bytes.length);
            if (isThinking) {
                appendThinking(bytes, from, to);
            } else {
                append(bytes, from, to);
            }
            from = to;
        }
    }

    /** @return about how much memory a piece of that many bytes takes: its text, with room to grow, and where it ends */
    static long memory(int bytes) {
        return 2L * bytes + 2 * Integer.BYTES;
    }

    void append(byte[] bytes, int from, int to) {
        int end = contentEnd + to - from;
        content = withRoom(content, end);
        System.arraycopy(bytes, from, content, contentEnd, to - from);
        contentEnd = end;
        addEnd(end);
    }

    void appendThinking(byte[] bytes, int from, int to) {
        int end = thinkingEnd + to - from;
        thinking = withRoom(thinking, end);
        System.arraycopy(bytes, from, thinking, thinkingEnd, to - from);
        thinkingEnd = end;
        addEnd(~end);
    }

    private void addEnd(int end) {
        int pieces = count;
        if (ends.length == pieces) {
            ends = Arrays.copyOf(ends, pieces * 2);
        }
        ends[pieces] = end;
        count = pieces + 1;
    }

    private static byte[] withRoom(byte[] text, int length) {
        return text.length >= length ? text : Arrays.copyOf(text, Math.max(Math.max(text.length * 2, 512), length));
    }

    /** @return how many pieces there are */
    int count() {
        return count;
    }

    /** @return the place after everything said so far */
    int end() {
        return contentEnd;
    }

    /** @return the place after everything thought so far */
    int thinkingEnd() {
        return thinkingEnd;
    }

    /** @return what of the content stands between two places */
    String text(int from, int to) {
        int end = Math.min(to, contentEnd);
        return from >= end ? "" : new String(content, from, end - from, StandardCharsets.UTF_8);
    }

    /** @return what of the thinking stands between two places */
    String thinking(int from, int to) {
        int end = Math.min(to, thinkingEnd);
        return from >= end ? "" : new String(thinking, from, end - from, StandardCharsets.UTF_8);
    }

    /** @return after everything so far */
    Position atEnd() {
        var position = new Position();
        moveTo(position, count);
        return position;
    }

    /**
     * @param place in the content; one inside a character stands for the character's end, one beyond the end for the end, and 0
     *              for the beginning, before all thinking
     */
    Position at(long place) {
        return position(place, contentEnd, false);
    }

    /** As {@link #at}, in the thinking. */
    Position atThinking(long place) {
        return position(place, thinkingEnd, true);
    }

    private Position position(long wanted, int end, boolean isThinking) {
        var position = new Position();
        int place = Utf8.boundaryFrom(isThinking ? thinking : content, (int) Math.max(0, Math.min(end, wanted)), end);
        if (place == 0) {
            return position;
        }
        int pieces = count;
        int piece = 0;
        for (int i = 0; i < pieces; i++) {
            if (ends[i] < 0 == isThinking) {
                if ((isThinking ? ~ends[i] : ends[i]) > place) {
                    piece = piece == 0 ? i : piece;
                    break;
                }
                piece = i + 1;
            }
        }
        moveTo(position, piece);
        if (isThinking) {
            position.thinking = place;
        } else {
            position.content = place;
        }
        return position;
    }

    private void moveTo(Position position, int piece) {
        for (int i = 0; i < piece; i++) {
            if (ends[i] < 0) {
                position.thinking = ~ends[i];
            } else {
                position.content = ends[i];
            }
        }
        position.piece = piece;
    }

    /**
     * Adds pieces as {@code token} and {@code thinking} events until there are no more or about {@code room} bytes are full.
     *
     * @param position where to begin; moved past what was added
     * @return whether everything so far was added
     */
    boolean write(SseBuffer frames, Position position, int room) {
        int pieces = count;
        while (position.piece < pieces && frames.size() < room) {
            int end = ends[position.piece];
            if (end < 0) {
                frames.thinking(~end, thinking, position.thinking, ~end);
                position.thinking = ~end;
            } else {
                frames.token(end, content, position.content, end);
                position.content = end;
            }
            position.piece++;
        }
        return position.piece == pieces;
    }

    /**
     * Part of one of the two texts.
     *
     * @param start the place in it where it begins
     * @param end   the place where it ends
     */
    record Part(boolean isThinking, int start, int end) {}

    /**
     * @param position where to begin; moved past what is returned
     * @param bytes    about how long it is at most
     * @return the next pieces that follow each other in one text, or null if there are none yet
     */
    Part next(Position position, int bytes) {
        int pieces = count;
        if (position.piece == pieces) {
            return null;
        }
        boolean isThinking = ends[position.piece] < 0;
        int start = isThinking ? position.thinking : position.content;
        int end = start;
        while (position.piece < pieces && ends[position.piece] < 0 == isThinking && end - start < bytes) {
            end = isThinking ? ~ends[position.piece] : ends[position.piece];
            position.piece++;
        }
        if (isThinking) {
            position.thinking = end;
        } else {
            position.content = end;
        }
        return new Part(isThinking, start, end);
    }
}
