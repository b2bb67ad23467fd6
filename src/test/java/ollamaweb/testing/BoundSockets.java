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
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }
}
