package ollamaweb.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Addresses that no name may lead to. An IPv6 address that carries an IPv4 address is judged by what it carries, since a
 * translator on the way connects to that.
 */
final class SpecialAddresses {

    /** Where clouds hand credentials to whoever asks: AWS (and ECS, EKS), Google, Azure, Alibaba, Oracle. */
    private static final Set<InetAddress> METADATA = Stream.of(
            "169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254",
            "168.63.129.16", "100.100.100.200", "192.0.0.192")
            .map(SpecialAddresses::literal).collect(Collectors.toUnmodifiableSet());

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final byte[] NAT64 = literal("64:ff9b::").getAddress();
    private static final byte[] LOCAL_NAT64 = literal("64:ff9b:1::").getAddress();
    private static final byte[] TEREDO = literal("2001::").getAddress();
    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private SpecialAddresses() {}

    /** @return whether this is four decimal numbers from 0 to 255 */
    static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }

    /** @return whether this is an address, written out, that gives a cloud's credentials */
    static boolean isMetadataLiteral(String host) {
        return (isIpv4(host) || host.contains(":")) && isMetadata(literal(host));
    }

    /** @return whether credentials of a cloud are to be had there, by whatever spelling */
    static boolean isMetadata(InetAddress address) {
        return METADATA.contains(address) || carried(address).stream().anyMatch(METADATA::contains);
    }

    /** @return whether no name may lead there: metadata, link-local, multicast, unspecified, or IPv6 around IPv4 that is not public */
    static boolean isForbiddenForNames(InetAddress address) {
        return isMetadata(address) || isNoHost(address)
                || carried(address).stream().anyMatch(inner -> isNoHost(inner) || isPrivate(inner.getAddress()));
    }

    private static boolean isNoHost(InetAddress address) {
        var bytes = address.getAddress();
        return address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()
                || bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0);
    }

    /** Loopback, RFC 1918, shared address space, and what RFC 6890 keeps for protocols and benchmarks. */
    private static boolean isPrivate(byte[] ipv4) {
        int first = ipv4[0] & 0xff;
        int second = ipv4[1] & 0xff;
        return first == 127 || first == 10
                || first == 172 && (second & 0xf0) == 16
                || first == 192 && (second == 168 || second == 0 && ipv4[2] == 0)
                || first == 100 && (second & 0xc0) == 64
                || first == 198 && (second & 0xfe) == 18;
    }

    /** @return the IPv4 addresses in an IPv6 address that is a way of writing one; none for all others */
    private static List<InetAddress> carried(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != 16 || address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return List.of();
        }
        if (startsWith(bytes, new byte[12]) || startsWith(bytes, IPV4_MAPPED) || startsWith(bytes, Arrays.copyOf(NAT64, 12))) {
            return List.of(ipv4(bytes, 12, 13, 14, 15));
        }
        if (startsWith(bytes, Arrays.copyOf(LOCAL_NAT64, 6))) {
            // The prefix may be of 48 or of 96 bits (RFC 8215); the place that is not used holds zeros.
            return Stream.of(ipv4(bytes, 6, 7, 9, 10), ipv4(bytes, 12, 13, 14, 15)).filter(inner -> !inner.isAnyLocalAddress()).toList();
        }
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return List.of(ipv4(bytes, 2, 3, 4, 5));
        }
        if (startsWith(bytes, Arrays.copyOf(TEREDO, 4))) {
            return List.of(ipv4(bytes, 4, 5, 6, 7), inverted(bytes));
        }
        if ((bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe) {
            return List.of(ipv4(bytes, 12, 13, 14, 15)); // ISATAP
        }
        return List.of();
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static InetAddress ipv4(byte[] bytes, int first, int second, int third, int fourth) {
        return address(new byte[] {bytes[first], bytes[second], bytes[third], bytes[fourth]});
    }

    /** Teredo keeps its client's address with all bits turned over. */
    private static InetAddress inverted(byte[] bytes) {
        return address(new byte[] {(byte) ~bytes[12], (byte) ~bytes[13], (byte) ~bytes[14], (byte) ~bytes[15]});
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An address written out is not looked up anywhere. */
    static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(text, e);
        }
    }
}
