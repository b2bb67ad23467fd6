package ollamaweb.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The reverse proxies whose word on a client's address is taken; of nobody else {@code X-Forwarded-For} is read. */
public final class TrustedProxies {

    static final String HEADER = "X-Forwarded-For";

    private final List<IpNetwork> networks;

    private TrustedProxies(List<IpNetwork> networks) {
        this.networks = networks;
    }

    /**
     * @param items addresses and CIDR ranges; none: nobody is trusted
     * @throws IllegalArgumentException if one of them is neither
     */
    public static TrustedProxies of(List<String> items) {
        return new TrustedProxies(items.stream().map(IpNetwork::parse).toList());
    }

    boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * Walks the header from its end, where the nearest proxy wrote, for as long as the writer is trusted. What a client
     * itself put at the front is never reached.
     *
     * @param peer      the other end of the connection
     * @param forwarded the header's values, in their order
     */
    InetAddress client(InetAddress peer, List<String> forwarded) {
        var steps = String.join(",", forwarded).split(",");
        var client = peer;
        for (int i = steps.length - 1; i >= 0 && contains(client); i--) {
            var before = address(steps[i].strip());
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return client;
    }

    /** Some proxies add the port. */
    private static Optional<InetAddress> address(String step) {
        var address = IpNetwork.address(step);
        int port = step.lastIndexOf(':');
        return address.isPresent() || port < 0 ? address : IpNetwork.address(step.substring(0, port));
    }
}
