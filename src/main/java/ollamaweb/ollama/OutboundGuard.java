package ollamaweb.ollama;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import javax.net.SocketFactory;
import okhttp3.HttpUrl;

/**
 * Decides where a user's URL may lead: by name when it is saved, and by the socket's real address at each connect,
 * so that no spelling of an address and no change of DNS gets around it.
 */
public final class OutboundGuard extends SocketFactory {

    private final Set<String> hosts;

    /** @param hosts the names and addresses that are allowed, in lower case */
    public OutboundGuard(Set<String> hosts) {
        this.hosts = Set.copyOf(hosts);
    }

    /** @throws OllamaException if the host is not one of those allowed */
    public void check(HttpUrl url) {
        if (!hosts.contains(url.host())) {
            throw new OllamaException(OllamaException.Kind.FORBIDDEN_ADDRESS,
                    "host is not allowed; the server's OLLAMA_ALLOWED_HOSTS lists those that are");
        }
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                requireAllowed(((InetSocketAddress) endpoint).getAddress());
                super.connect(endpoint, timeout);
            }

            @Override
            public InputStream getInputStream() throws IOException {
                return new NetworkInput(super.getInputStream());
            }
        };
    }

    private void requireAllowed(InetAddress address) throws IOException {
        if (address == null || !isAllowed(address)) {
            throw new ForbiddenAddressException(address);
        }
    }

    private boolean isAllowed(InetAddress address) {
        if (hosts.contains(address.getHostAddress())) {
            return true;
        }
        if (address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        return hosts.stream().anyMatch(host -> resolvesTo(host, address));
    }

    private static boolean resolvesTo(String host, InetAddress address) {
        try {
            return Set.of(InetAddress.getAllByName(host)).contains(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("only unconnected sockets, whose address is checked");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return createSocket(address, port);
    }

    /** The address behind an allowed name is not one that the name may have. */
    static final class ForbiddenAddressException extends IOException {
        private static final long serialVersionUID = 1L;

        ForbiddenAddressException(InetAddress address) {
            super("connecting to " + address + " is not allowed");
        }
    }
}
