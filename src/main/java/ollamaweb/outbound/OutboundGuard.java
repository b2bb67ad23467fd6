package ollamaweb.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.HttpUrl;

/**
 * Decides where a user's URL may lead: by name when it is saved, and by the socket's real address at each connect,
 * so that no spelling of an address and no change of DNS gets around it.
 */
public final class OutboundGuard extends SocketFactory {

    private final UpstreamHosts hosts;
    private final Resolver resolver;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    public OutboundGuard(UpstreamHosts hosts) {
        this(hosts, InetAddress::getAllByName);
    }

    OutboundGuard(UpstreamHosts hosts, Resolver resolver) {
        this.hosts = hosts;
        this.resolver = resolver;
    }

    /** @return whether host and port are among those allowed */
    public boolean allows(HttpUrl url) {
        return hosts.allow(url);
    }

    @Override
    public GuardedSocket createSocket() {
        return new GuardedSocket(this);
    }

    void requireAllowed(InetSocketAddress endpoint) throws IOException {
        if (endpoint.isUnresolved() || !isAllowed(endpoint.getAddress(), endpoint.getPort())) {
            throw new ForbiddenAddressException(endpoint);
        }
    }

    private boolean isAllowed(InetAddress address, int port) {
        if (SpecialAddresses.isMetadata(address)) {
            return false;
        }
        if (hosts.areAnywhere()) {
            return true;
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
}
