package ollamaweb.ollama;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets no more than so many bytes through between two {@link #restart()}s; then it breaks. */
final class BoundedInput extends FilterInputStream {

    private final long limit;
    private long passed;

    BoundedInput(InputStream in, long limitBytes) {
        super(in);
        this.limit = limitBytes;
    }

    void restart() {
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
            throw OllamaException.broken("Ollama sent more than " + limit + " bytes at once", null);
        }
    }
}
