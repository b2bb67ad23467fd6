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
    private volatile ServerSocket door;

    public TcpProxy(int target) throws IOException {
        this(target, said -> said);
    }

    /** @param change what becomes of the bytes that the port says, each a character, as they come; as many as there were */
    public TcpProxy(int target, UnaryOperator<String> change) throws IOException {
        this.target = target;
        this.change = change;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = door.getLocalPort();
        listen(door);
    }

    public int port() {
        return port;
    }

    /** Ends all connections, and takes no new ones. */
    public void cut() throws IOException {
        door.close();
        for (var socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    public void restore() throws IOException {
        door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        listen(door);
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void listen(ServerSocket listening) {
        run(() -> {
            while (true) {
                var client = listening.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(server);
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
