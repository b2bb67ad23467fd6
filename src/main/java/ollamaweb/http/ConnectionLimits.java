package ollamaweb.http;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections there may be, and how many from one address, so that nobody takes them all. Loopback and the
 * trusted proxies speak for many and are not counted by address.
 */
final class ConnectionLimits {

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimits.class);

    private static final int MOST_FROM_ONE_ADDRESS = 200;
    private static final long COMPLAIN_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int most;
    private final TrustedProxies proxies;
    private final Map<Object, String> open = new HashMap<>();
    private final Map<String, Integer> byNetwork = new HashMap<>();
    private long complainedAt = System.nanoTime() - COMPLAIN_EVERY_NANOS;

    ConnectionLimits(int most, TrustedProxies proxies) {
        this.most = most;
        this.proxies = proxies;
    }

    /**
     * @param connection what {@link #closed} will name it by
     * @return whether it may stay
     */
    synchronized boolean accept(Object connection, InetAddress peer) {
        var network = ClientAddress.of(peer).network();
        if (open.size() >= most) {
            complain("Refused a connection from {}: there are {}, as many as MAX_CONNECTIONS allows", network, most);
            return false;
        }
        boolean counted = !peer.isLoopbackAddress() && !proxies.contains(peer);
        if (counted && byNetwork.getOrDefault(network, 0) >= MOST_FROM_ONE_ADDRESS) {
            complain("Refused a connection from {}: it has {}; a reverse proxy has to be named in TRUSTED_PROXIES", network,
                    MOST_FROM_ONE_ADDRESS);
            return false;
        }
        open.put(connection, counted ? network : "");
        if (counted) {
            byNetwork.merge(network, 1, Integer::sum);
        }
        return true;
    }

    /** Harmless for one that was not accepted. */
    synchronized void closed(Object connection) {
        var network = open.remove(connection);
        if (network != null && !network.isEmpty()) {
            byNetwork.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private void complain(String line, Object network, int number) {
        if (System.nanoTime() - complainedAt >= COMPLAIN_EVERY_NANOS) {
            complainedAt = System.nanoTime();
            log.warn(line, network, number);
        }
    }
}
