package ollamaweb.files;

import java.io.IOException;
import ollamaweb.http.PartStream;

/** The bytes of a file, read from the database piece by piece as they are wanted. */
public final class FileContent extends PartStream {

    private final FileDao files;
    private final long id;
    private long left;
    private int piece;

    /** @param files of which the bytes are read */
    public FileContent(FileDao files, StoredFile file) {
        this.files = files;
        this.id = file.id();
        this.left = file.size();
    }

    /** @throws IOException if the file was deleted meanwhile */
    @Override
    protected byte[] next() throws IOException {
        if (left == 0) {
            return null;
        }
        var next = files.piece(id, piece++);
        if (next == null) {
            throw new IOException("File " + id + " was deleted");
        }
        left -= next.length;
        return next;
    }
}
