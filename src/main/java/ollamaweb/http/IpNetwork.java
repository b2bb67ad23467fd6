package ollamaweb.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address, or the addresses that share its first bits; never asks a name server. */
record IpNetwork(InetAddress address, int prefixBits) {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * @param text {@code 10.0.0.1}, {@code fd00::1}, or a range like {@code 10.0.0.0/8}
     * @throws IllegalArgumentException if it is neither
     */
    static IpNetwork parse(String text) {
        var parts = text.split("/", 2);
        var address = address(parts[0]).orElseThrow(() -> unreadable(text));
        int bits = address.getAddress().length * 8;
        if (parts.length == 1) {
            return new IpNetwork(address, bits);
        }
        if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > bits) {
            throw unreadable(text);
        }
        return new IpNetwork(address, Integer.parseInt(parts[1]));
    }

    /** @return the address that a literal names, with or without brackets; empty for anything else, names included */
    static Optional<InetAddress> address(String literal) {
        boolean bracketed = literal.startsWith("[") && literal.endsWith("]");
        var text = bracketed ? literal.substring(1, literal.length() - 1) : literal;
        if (!IPV6.matcher(text).matches() && (bracketed || !IPV4.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        var theirs = other.getAddress();
        return theirs.length == address.getAddress().length
                && Arrays.equals(masked(theirs, prefixBits), masked(address.getAddress(), prefixBits));
    }

    /** @return the address with all bits after the first {@code bits} cleared */
    static byte[] masked(byte[] address, int bits) {
        var masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - 8 * i));
            masked[i] &= (byte) (0xff << (8 - kept));
        }
        return masked;
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("must list addresses or ranges like 10.0.0.1, fd00::/8; " + text + " is none");
    }
}
