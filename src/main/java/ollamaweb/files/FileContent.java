package ollamaweb.files;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file, read from the database piece by piece as they are wanted. */
public final class FileContent extends InputStream {

    private final FileDao files;
    private final long id;
    private long left;
    private int next;
    private byte[] piece = {};
    private int read;

    /** @param files of which the bytes are read */
    public FileContent(FileDao files, StoredFile file) {
        this.files = files;
        this.id = file.id();
        this.left = file.size();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws IOException if the file was deleted meanwhile */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        if (read == piece.length) {
            piece = files.piece(id, next++);
            read = 0;
            if (piece == null) {
                throw new IOException("File " + id + " was deleted");
            }
        }
        int count = Math.min(length, piece.length - read);
        System.arraycopy(piece, read, buffer, offset, count);
        read += count;
        left -= count;
        return count;
    }
}
