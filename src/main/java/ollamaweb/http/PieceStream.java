package ollamaweb.http;

import java.io.InputStream;
import java.util.List;

/** Reads the pieces of a body one after the other. */
final class PieceStream extends InputStream {

    private final List<byte[]> pieces;
    private final boolean forget;
    private long left;
    private int piece;
    private int at;

    /**
     * @param size   how many bytes of the pieces are filled
     * @param forget whether pieces are let go once they are read, so that the text and what is made of it need not be in
     *               memory together
     */
    PieceStream(List<byte[]> pieces, long size, boolean forget) {
        this.pieces = pieces;
        this.left = size;
        this.forget = forget;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        var from = pieces.get(piece);
        int count = (int) Math.min(Math.min(length, from.length - at), left);
        System.arraycopy(from, at, bytes, offset, count);
        at += count;
        left -= count;
        if (at == from.length) {
            if (forget) {
                pieces.set(piece, null);
            }
            piece++;
            at = 0;
        }
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, left);
    }
}
