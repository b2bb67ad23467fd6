package ollamaweb.imports;

import java.io.OutputStream;
import java.util.Arrays;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;

/** A file on its way into the database, in pieces that are written in steps between which others can write. */
final class IncomingImport extends OutputStream {

    static final int PIECE_BYTES = 256 * 1024;

    private final Database database;
    private final long id;
    private final long limit;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;
    private int number;
    private long size;

    /** @param limit in bytes */
    IncomingImport(Database database, long id, long limit) {
        this.database = database;
        this.id = id;
        this.limit = limit;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** @throws ApiException 413 once it is too large */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        size += length;
        if (size > limit) {
            throw ApiException.fileTooLarge(limit);
        }
        int from = offset;
        for (int left = length; left > 0;) {
            int now = Math.min(left, PIECE_BYTES - filled);
            System.arraycopy(bytes, from, piece, filled, now);
            filled += now;
            from += now;
            left -= now;
            if (filled == PIECE_BYTES) {
                writePiece();
            }
        }
    }

    /** @return how many bytes it has, all of which are written */
    long end() {
        if (filled > 0) {
            writePiece();
        }
        return size;
    }

    private void writePiece() {
        var bytes = Arrays.copyOf(piece, filled);
        int place = number++;
        database.step(tx -> {
            tx.dao(ImportDao.class).addPiece(id, place, bytes);
            return null;
        });
        filled = 0;
    }
}
