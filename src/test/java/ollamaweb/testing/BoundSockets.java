package ollamaweb.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets that call from one address of this machine; the whole of 127.0.0.0/8 is the machine itself. */
final class BoundSockets extends SocketFactory {

    private final InetSocketAddress local;

    BoundSockets(String address) {
        this.local = new InetSocketAddress(address, 0);
    }

    @Override
    public Socket createSocket() throws IOException {
        var socket = new Socket();
        socket.bind(local);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    /** From the address of all its sockets, whatever is asked for. */
    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        var socket = createSocket();
        socket.connect(address);
        return socket;
    }
}
