package ollamaweb.messages;

import java.io.InputStream;

/**
 * A text of one message as UTF-8, read from the database piece by piece, each in a transaction of its own, so that a
 * content of any size takes little memory and a slow client holds no connection to the database.
 */
public final class StoredContent extends InputStream {

    private static final int MIN_PIECE_BYTES = 64 * 1024;
    private static final int MAX_PIECE_BYTES = 2 * 1024 * 1024;
    /** SQLite reads a value whole for each piece of it, so a giant one comes in larger pieces. */
    private static final int PIECES = 8;

    private final Pieces pieces;
    private final long id;
    private final int pieceBytes;
    private long place;
    private byte[] piece = {};
    private int read;
    private boolean ended;

    /** Reads a piece of the text; see {@link MessageDao#piece}. */
    @FunctionalInterface
    public interface Pieces {
        byte[] piece(long id, long from, int size);
    }

    /**
     * @param bytes about how long it is
     * @param place where to begin, in bytes
     */
    public StoredContent(MessageDao messages, long id, long bytes, long place) {
        this(messages::piece, id, bytes, place);
    }

    /** As the other, of another text of the message. */
    public StoredContent(Pieces pieces, long id, long bytes, long place) {
        this.pieces = pieces;
        this.id = id;
        this.pieceBytes = (int) Math.max(MIN_PIECE_BYTES, Math.min(MAX_PIECE_BYTES, bytes / PIECES));
        this.place = place;
    }

    @Override
    public int read() {
        return fill() ? piece[read++] & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, piece.length - read);
        System.arraycopy(piece, read, buffer, offset, count);
        read += count;
        return count;
    }

    /** @return whether there is something to read */
    private boolean fill() {
        if (read < piece.length) {
            return true;
        }
        if (ended) {
            return false;
        }
        var next = pieces.piece(id, place, pieceBytes);
        piece = next == null ? new byte[0] : next;
        read = 0;
        place += piece.length;
        ended = piece.length < pieceBytes;
        return piece.length > 0;
    }
}
