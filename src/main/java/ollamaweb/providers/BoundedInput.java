package ollamaweb.providers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets no more than so many bytes through between two {@link #restart()}s; then it breaks. */
public final class BoundedInput extends FilterInputStream {

    private final long limit;
    private final ProviderKind kind;
    private long passed;

    /** @param kind who is said to have sent too much */
    public BoundedInput(InputStream in, long limitBytes, ProviderKind kind) {
        super(in);
        this.limit = limitBytes;
        this.kind = kind;
    }

    /** What comes from now on is counted from nothing. */
    public void restart() {
        passed = 0;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) {
        passed += bytes;
        if (passed > limit) {
            throw ProviderException.broken(kind.title() + " sent more than " + limit + " bytes at once", null);
        }
    }
}
