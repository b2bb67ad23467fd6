package ollamaweb.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the server is to be reached, and by whom.
 *
 * @param host           the address it binds to
 * @param port           0: any that is free
 * @param cors           the web pages that may read its answers
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param allowedHosts   the names it answers to
 * @param maxConnections how many it holds at a time
 */
public record HttpSettings(String host, int port, Cors cors, TrustedProxies trustedProxies, AllowedHosts allowedHosts,
        int maxConnections) {

    private static final Logger log = LoggerFactory.getLogger(HttpSettings.class);

    /** @return whether requests for any host name are answered: where others than this machine can come in and no name is set */
    boolean answersAnyHost() {
        return allowedHosts.isEmpty() && !isLoopback();
    }

    /** Says what the one who runs the server should know of it. */
    void warn() {
        if (answersAnyHost()) {
            log.warn("HOST is {} and ALLOWED_HOSTS is not set: requests are answered whatever host they name", host);
        }
    }

    /** @return whether only programs on this machine can connect */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
