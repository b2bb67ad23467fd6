package ollamaweb.http;

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
        int maxConnections) {}
