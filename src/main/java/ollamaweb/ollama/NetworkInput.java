package ollamaweb.ollama;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What comes from a socket. Between it and the reader of an answer are buffers, which hold many lines when a model is
 * quick; only here is it known that all of them have been read and that the next read may have to wait.
 */
final class NetworkInput extends FilterInputStream {

    private static final ThreadLocal<ChatListener> LISTENER = new ThreadLocal<>();

    NetworkInput(InputStream in) {
        super(in);
    }

    /** From now on, whoever reads an answer on this thread hears of its reads; null ends that. */
    static void tell(ChatListener listener) {
        if (listener == null) {
            LISTENER.remove();
        } else {
            LISTENER.set(listener);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var listener = LISTENER.get();
        if (listener == null) {
            return super.read(buffer, offset, length);
        }
        listener.caughtUp();
        return super.read(buffer, offset, length);
    }
}
