package ollamaweb.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/**
 * Makes the listening socket of one MockWebServer, and knows the connections it accepted by their number. As many clients
 * wait as come at once, and the port can be taken again at once.
 */
final class ListenerFactory extends ServerSocketFactory {
    private static final int BACKLOG = 4096;

    private final Map<Integer, ClientSocket> clients = new ConcurrentHashMap<>();

    /** @param index as a MockWebServer counts its connections */
    ClientSocket client(int index) {
        return clients.get(index);
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Listener();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, BACKLOG, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    /** @param address null: all of this machine's */
    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        var listener = new Listener();
        listener.bind(new InetSocketAddress(address, port), backlog);
        return listener;
    }

    private final class Listener extends ServerSocket {
        private int accepted;

        Listener() throws IOException {}

        @Override
        public void setReuseAddress(boolean ignored) throws SocketException {
            super.setReuseAddress(true);
        }

        @Override
        public void bind(SocketAddress address, int ignored) throws IOException {
            super.bind(address, BACKLOG);
        }

        @Override
        public Socket accept() throws IOException {
            var client = new ClientSocket();
            implAccept(client);
            client.setTcpNoDelay(true);
            clients.values().removeIf(Socket::isClosed);
            clients.put(accepted++, client);
            return client;
        }
    }
}
