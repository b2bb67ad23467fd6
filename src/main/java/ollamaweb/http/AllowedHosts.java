package ollamaweb.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names under which the server may be asked for. A page of the web can make its own name lead to this machine, but
 * its requests still carry that name, so that they are told by it.
 */
public final class AllowedHosts {

    private static final Pattern NAME = Pattern.compile("(?:\\*\\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");

    private final List<String> names;

    private AllowedHosts(List<String> names) {
        this.names = names;
    }

    /**
     * @param items names, or {@code *.example.org} for all below one
     * @throws IllegalArgumentException if one of them is no host name
     */
    public static AllowedHosts of(List<String> items) {
        return new AllowedHosts(items.stream().map(AllowedHosts::name).toList());
    }

    /** @return whether any are set */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** @return whether the host of a request, without its port, is a loopback name, an IP address or one of the names */
    boolean allows(String host) {
        var name = withoutRoot(host.toLowerCase(Locale.ROOT));
        return name.equals("localhost") || name.endsWith(".localhost")
                || IpNetwork.address(name).isPresent()
                || names.stream().anyMatch(allowed -> allowed.startsWith("*.")
                        ? name.endsWith(allowed.substring(1)) && name.length() >= allowed.length()
                        : name.equals(allowed));
    }

    private static String name(String item) {
        var name = withoutRoot(item.toLowerCase(Locale.ROOT));
        if (!NAME.matcher(name).matches() && IpNetwork.address(name).isEmpty()) {
            throw new IllegalArgumentException("must list host names like chat.example.org or *.example.org, without port; "
                    + item + " is none");
        }
        return name;
    }

    /** {@code example.org.} is the same name as {@code example.org}. */
    private static String withoutRoot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
