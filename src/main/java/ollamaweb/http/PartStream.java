package ollamaweb.http;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that are made or fetched part by part: the next part when the one before has been read. For one reader. */
public abstract class PartStream extends InputStream {

    private byte[] part = {};
    private int read;
    private boolean ended;

    /**
     * @return the next part, which may be empty; null when there is none any more, and this is not called again
     * @throws IOException if there should be more and cannot be had
     */
    protected abstract byte[] next() throws IOException;

    @Override
    public final int read() throws IOException {
        return fill() ? part[read++] & 0xff : -1;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, part.length - read);
        System.arraycopy(part, read, buffer, offset, count);
        read += count;
        return count;
    }

    /** @return whether there is something to read */
    private boolean fill() throws IOException {
        while (read == part.length && !ended) {
            var next = next();
            ended = next == null;
            part = ended ? new byte[0] : next;
            read = 0;
        }
        return read < part.length;
    }
}
