package ollamaweb.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.jetty.server.Request;

/**
 * Where a request comes from: the other end of the connection, or what a trusted proxy says of it.
 *
 * @param text    the IP address, without scope
 * @param network what limits are counted by: an IPv4 address itself, of an IPv6 address the /64 network, which is what
 *                one subscriber has
 * @param loopback whether it is one that only this machine has
 */
public record ClientAddress(String text, String network, boolean loopback) {

    private static final String ATTRIBUTE = ClientAddress.class.getName();
    private static final ClientAddress UNKNOWN = new ClientAddress("-", "-", false);
    private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");
    private static final int SUBSCRIBER_BITS = 64;

    /** @return the address that the request comes from; that of every request is known */
    public static ClientAddress of(Context ctx) {
        return ctx.attribute(ATTRIBUTE) instanceof ClientAddress address ? address : UNKNOWN;
    }

    /**
     * @return whether the request was made on this machine, and not handed on by a proxy that runs here: what a proxy adds is
     *         looked for, also where nobody said that it may be believed
     */
    public static boolean isOnThisMachine(Context ctx) {
        return of(ctx).loopback && PROXY_HEADERS.stream().allMatch(header -> ctx.header(header) == null);
    }

    static ClientAddress of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof ClientAddress address ? address : UNKNOWN;
    }

    static ClientAddress of(InetAddress address) {
        return new ClientAddress(plain(address), network(address), address.isLoopbackAddress());
    }

    /** Looks once, before anything else sees the request. */
    static void assign(Request request, TrustedProxies proxies) {
        if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer && peer.getAddress() != null) {
            var client = proxies.client(peer.getAddress(), request.getHeaders().getValuesList(TrustedProxies.HEADER));
            request.setAttribute(ATTRIBUTE, of(client));
        }
    }

    private static String network(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length == 4) {
            return plain(address);
        }
        try {
            return plain(InetAddress.getByAddress(IpNetwork.masked(bytes, SUBSCRIBER_BITS))) + "/" + SUBSCRIBER_BITS;
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static String plain(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }
}
