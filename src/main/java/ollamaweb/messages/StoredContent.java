package ollamaweb.messages;

import ollamaweb.http.PartStream;

/**
 * A text of one message as UTF-8, read from the database piece by piece, each in a transaction of its own, so that a
 * content of any size takes little memory and a slow client holds no connection to the database.
 */
public final class StoredContent extends PartStream {

    private static final int MIN_PIECE_BYTES = 64 * 1024;
    private static final int MAX_PIECE_BYTES = 2 * 1024 * 1024;
    /** SQLite reads a value whole for each piece of it, so a giant one comes in larger pieces. */
    private static final int PIECES = 8;

    private final Pieces pieces;
    private final long id;
    private final int pieceBytes;
    private long place;
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
    protected byte[] next() {
        if (ended) {
            return null;
        }
        var piece = pieces.piece(id, place, pieceBytes);
        ended = piece == null || piece.length < pieceBytes;
        place += ended ? 0 : piece.length;
        return piece;
    }
}
