package ollamaweb.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.util.NanoTime;

/** A body that its handler reads as it comes, refused once it is too long or too slow. */
final class UploadStream extends FilterInputStream {

    private final BodyLimit limit;
    private final long began = NanoTime.now();
    private long arrived;

    UploadStream(InputStream in, BodyLimit limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws ApiException 408, 413, or 400 when it breaks off */
    @Override
    public int read(byte[] bytes, int offset, int length) {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            throw BodyReader.notWhole();
        }
        arrived += Math.max(0, read);
        if (arrived > limit.bytes()) {
            throw limit.exceeded();
        }
        if (read >= 0 && limit.isLate(NanoTime.since(began), arrived)) {
            throw ApiException.requestTimeout();
        }
        return read;
    }

    @Override
    public long skip(long count) {
        return read(new byte[(int) Math.min(count, 8192)], 0, (int) Math.min(count, 8192));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
