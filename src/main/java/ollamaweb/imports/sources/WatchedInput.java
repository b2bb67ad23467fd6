package ollamaweb.imports.sources;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Asks now and then, while much is read, whether that is still wanted. */
final class WatchedInput extends FilterInputStream {

    private static final int LOOK_BYTES = 16 * 1024 * 1024;

    private final Watch watch;
    private int left = LOOK_BYTES;

    /** Throws if no more is wanted. */
    @FunctionalInterface
    interface Watch {
        void look() throws IOException;
    }

    WatchedInput(InputStream in, Watch watch) {
        super(in);
        this.watch = watch;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        left -= Math.max(count, 0);
        if (left <= 0) {
            left = LOOK_BYTES;
            watch.look();
        }
        return count;
    }
}
