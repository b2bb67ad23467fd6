package ollamaweb.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The server's end of a connection. A wait in the middle of a response reads from it, since whoever waits for a response
 * sends nothing: what comes is the end, when the client leaves.
 */
final class ClientSocket extends Socket {
    private static final int POLL_MILLIS = 5;

    /** @throws IOException when the client leaves before the gate opens */
    void waitFor(Gate gate) throws IOException {
        gate.arrive();
        while (!gate.isOpen()) {
            idle(Duration.ofMillis(POLL_MILLIS));
        }
    }

    /** @throws IOException when the client leaves before that */
    void idle(Duration duration) throws IOException {
        setSoTimeout((int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE)));
        try {
            int read = getInputStream().read();
            throw read < 0 ? new EOFException("the client left") : new IOException("a request before the response to the last");
        } catch (SocketTimeoutException stillThere) {
            setSoTimeout(0);
        }
    }

    void closeQuietly() {
        try {
            close();
        } catch (IOException alreadyBroken) {
            return;
        }
    }

    /** Closes with an RST instead of a FIN. */
    void reset() throws IOException {
        setSoLinger(true, 0);
        close();
    }
}
