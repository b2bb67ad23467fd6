package ollamaweb.testing;

import java.io.IOException;
import java.net.InetAddress;
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
    public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        throw new UnsupportedOperationException();
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
