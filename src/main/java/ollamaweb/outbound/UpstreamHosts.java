package ollamaweb.outbound;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** Where a user's URL may lead: hosts, each with the ports that go with it. */
public final class UpstreamHosts {

    private static final int OLLAMA_PORT = 11434;
    private static final int HTTPS_PORT = 443;
    private static final int ANY_PORT = 0;
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+)(:[0-9]{1,5})?");
    private static final Pattern IPV6_WITHOUT_BRACKETS = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.-]*");
    /** Looks like an address or a range of some, and is no address. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9.-]+|(?:.*\\.)?[0-9]+\\.?");

    private final List<Entry> entries;
    private final boolean anywhere;

    /** @param port {@link #ANY_PORT} for any */
    private record Entry(String host, int port) {

        boolean covers(String otherHost, int otherPort) {
            return host.equals(otherHost) && covers(otherPort);
        }

        boolean covers(int otherPort) {
            return port == ANY_PORT || port == otherPort;
        }
    }

    private UpstreamHosts(List<Entry> entries, boolean anywhere) {
        this.entries = List.copyOf(entries);
        this.anywhere = anywhere;
    }

    /** As {@link #of(List, List)}, where the server has one Ollama. */
    public static UpstreamHosts of(List<String> named, HttpUrl own) {
        return of(named, List.of(own));
    }

    /** @return all there are, for URLs that only admins give */
    public static UpstreamHosts anywhere() {
        return new UpstreamHosts(List.of(), true);
    }

    /** @return these, and others by their names with the port of https */
    public UpstreamHosts and(Collection<String> names) {
        var more = new ArrayList<>(entries);
        names.forEach(name -> more.add(new Entry(name, HTTPS_PORT)));
        return new UpstreamHosts(more, anywhere);
    }

    /**
     * The server's own Ollama is always among them, with its port. An entry without a port stands for any port where it
     * names the host of the server's own Ollama, else for Ollama's usual port, 11434.
     *
     * @param named entries such as {@code gpu.lan}, {@code 10.0.0.7:8080}, {@code [fd00::1]:11434}; none: loopback at 11434,
     *              and at the port of the server's own Ollama where that is on loopback
     * @param own   the server's own Ollamas
     * @throws IllegalArgumentException if an entry can match nothing
     */
    public static UpstreamHosts of(List<String> named, List<HttpUrl> own) {
        var entries = new ArrayList<Entry>();
        own.forEach(url -> entries.add(new Entry(url.host(), url.port())));
        var ownHosts = own.stream().map(HttpUrl::host).collect(Collectors.toSet());
        named.forEach(text -> entries.add(entry(text, ownHosts)));
        if (named.isEmpty()) {
            LOOPBACK.forEach(host -> entries.add(new Entry(host, OLLAMA_PORT)));
            own.stream().filter(url -> LOOPBACK.contains(url.host()))
                    .forEach(url -> LOOPBACK.forEach(host -> entries.add(new Entry(host, url.port()))));
        }
        return new UpstreamHosts(entries, false);
    }

    /** @return whether the URL's host and port are allowed together */
    public boolean allow(HttpUrl url) {
        return anywhere || entries.stream().anyMatch(entry -> entry.covers(url.host(), url.port()));
    }

    /** @return whether any host may be connected to, at any port */
    boolean areAnywhere() {
        return anywhere;
    }

    /** @return the names and addresses, in lower case, that may be connected to at this port */
    Stream<String> at(int port) {
        return entries.stream().filter(entry -> entry.covers(port)).map(Entry::host).distinct();
    }

    private static Entry entry(String text, Set<String> ownHosts) {
        var bare = IPV6_WITHOUT_BRACKETS.matcher(text).matches() ? "[" + text + "]" : text;
        var parts = HOST_AND_PORT.matcher(bare);
        if (!parts.matches() || !bare.startsWith("[") && !isName(parts.group(1))) {
            throw matchesNothing(text);
        }
        var url = HttpUrl.parse("http://" + bare.toLowerCase(Locale.ROOT) + "/");
        if (url == null || SpecialAddresses.isMetadataLiteral(url.host())) {
            throw matchesNothing(text);
        }
        if (parts.group(2) != null) {
            return new Entry(url.host(), url.port());
        }
        return new Entry(url.host(), ownHosts.contains(url.host()) ? ANY_PORT : OLLAMA_PORT);
    }

    private static boolean isName(String host) {
        return SpecialAddresses.isIpv4(host) || NAME.matcher(host).matches() && !NUMBERS.matcher(host).matches();
    }

    private static IllegalArgumentException matchesNothing(String entry) {
        return new IllegalArgumentException("must list hosts such as gpu.lan, 10.0.0.7:8080 or [fd00::1]:11434; this can match none: "
                + entry.replaceAll("\\p{Cntrl}", "?"));
    }
}
