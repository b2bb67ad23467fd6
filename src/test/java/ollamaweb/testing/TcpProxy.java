package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A way to another port of this machine that can be cut, and be there again. */
public final class TcpProxy implements AutoCloseable {

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int target;
    private final int port;
    private final UnaryOperator<String> change;
    private final ServerSocket door;
    private volatile boolean isCut;

    public TcpProxy(int target) throws IOException {
        this(target, said -> said);
    }

    /** @param change what becomes of the bytes that the port says, each a character, as they come; as many as there were */
    public TcpProxy(int target, UnaryOperator<String> change) throws IOException {
        this.target = target;
        this.change = change;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = door.getLocalPort();
        listen();
    }

    public int port() {
        return port;
    }

    /** Ends all connections, and each new one at once; the port stays taken, so that nobody else gets it meanwhile. */
    public void cut() throws IOException {
        isCut = true;
        for (var socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    public void restore() {
        isCut = false;
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }

    private void listen() {
        run(() -> {
            while (true) {
                var client = door.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
                if (isCut) {
                    client.close();
                    server.close();
                    continue;
                }
                pass(client.getInputStream(), server.getOutputStream(), said -> said);
                pass(server.getInputStream(), client.getOutputStream(), change);
            }
        });
    }

    private static void pass(InputStream from, OutputStream to, UnaryOperator<String> change) {
        run(() -> {
            try (from; to) {
                var bytes = new byte[8192];
                for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
                    to.write(change.apply(new String(bytes, 0, read, ISO_8859_1)).getBytes(ISO_8859_1));
                }
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException cut) {
                // That is what it is for.
            }
        }, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
