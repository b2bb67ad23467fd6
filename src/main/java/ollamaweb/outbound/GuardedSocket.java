package ollamaweb.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A socket that connects to where its guard lets it. Between it and whoever reads an answer are buffers, which hold many
 * lines when a model is quick; only here is it known that all of them were read and that the next read may have to wait.
 */
public final class GuardedSocket extends Socket {

    private final OutboundGuard guard;
    private volatile Runnable beforeRead;

    GuardedSocket(OutboundGuard guard) {
        this.guard = guard;
    }

    /** @param task runs before each read from the network, on the thread that reads; null for none */
    public void beforeRead(Runnable task) {
        beforeRead = task;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        guard.requireAllowed((InetSocketAddress) endpoint);
        super.connect(endpoint, timeout);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                var task = beforeRead;
                if (task != null) {
                    task.run();
                }
                return super.read(buffer, offset, length);
            }
        };
    }
}
