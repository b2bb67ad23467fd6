package ollamaweb.ollama;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.HttpUrl;

/**
 * Decides where a user's URL may lead: by name when it is saved, and by the socket's real address at each connect,
 * so that no spelling of an address and no change of DNS gets around it.
 */
public final class OutboundGuard extends SocketFactory {

    private final OllamaHosts hosts;
    private final Resolver resolver;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    public OutboundGuard(OllamaHosts hosts) {
        this(hosts, InetAddress::getAllByName);
    }

    OutboundGuard(OllamaHosts hosts, Resolver resolver) {
        this.hosts = hosts;
        this.resolver = resolver;
    }

    /** @throws OllamaException if the host is not one of those allowed, or not with this port */
    public void check(HttpUrl url) {
        if (!hosts.allow(url)) {
            throw new OllamaException(OllamaException.Kind.FORBIDDEN_ADDRESS,
                    "host and port are not allowed; the server's OLLAMA_ALLOWED_HOSTS lists those that are");
        }
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                requireAllowed((InetSocketAddress) endpoint);
                super.connect(endpoint, timeout);
            }

            @Override
            public InputStream getInputStream() throws IOException {
                return new NetworkInput(super.getInputStream());
            }
        };
    }

    private void requireAllowed(InetSocketAddress endpoint) throws IOException {
        if (endpoint.isUnresolved() || !isAllowed(endpoint.getAddress(), endpoint.getPort())) {
            throw new ForbiddenAddressException(endpoint);
        }
    }

    private boolean isAllowed(InetAddress address, int port) {
        if (SpecialAddresses.isMetadata(address)) {
            return false;
        }
        if (hosts.at(port).anyMatch(host -> isWrittenOut(host, address))) {
            return true;
        }
        return !SpecialAddresses.isForbiddenForNames(address) && hosts.at(port).anyMatch(host -> resolvesTo(host, address));
    }

    private static boolean isWrittenOut(String host, InetAddress address) {
        return host.contains(":") ? SpecialAddresses.literal(host).equals(address) : host.equals(address.getHostAddress());
    }

    private boolean resolvesTo(String host, InetAddress address) {
        try {
            return List.of(resolver.resolve(host)).contains(address);
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

        ForbiddenAddressException(InetSocketAddress address) {
            super("connecting to " + address + " is not allowed");
        }
    }
}
