package ollamaweb.db.postgresql;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A PostgreSQL database as {@code DATABASE_URL} names it: {@code postgresql://user:password@host:5432/name?sslmode=require},
 * also with {@code postgres}, {@code postgresql+driver} or {@code jdbc:postgresql} in front.
 *
 * @param hosts      one or more, with commas, each with or without a port
 * @param user       null: the one that this program runs as
 * @param password   null: none
 * @param parameters of the connection, by the names that the JDBC driver gives them
 */
public record PostgresUrl(String hosts, String name, String user, String password, Map<String, String> parameters) {

    private static final Pattern SCHEME = Pattern.compile("(?:jdbc:postgresql|postgres|postgresql(?:\\+\\w+)?):(?://)?");
    private static final Pattern AUTHORITY = Pattern.compile("(?:(?<user>[^/?@:]*)(?::(?<password>[^/?@]*))?@)?(?<hosts>[^/?@#]*)");
    private static final Pattern HOSTS =
            Pattern.compile("(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?(?:,(?:[\\w.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?)*");
    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})(?=,|$)");
    private static final int MAX_PORT = 65_535;
    private static final Set<String> SSL_MODES = Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /** What other programs call a parameter, and how the driver does. */
    private static final Map<String, String> NAMES = Map.of("ssl", "sslmode", "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName", "sslmode", "sslmode", "sslrootcert", "sslrootcert", "sslcert", "sslcert",
            "sslkey", "sslkey", "options", "options", "currentSchema", "currentSchema", "target_session_attrs", "targetServerType");

    /** @return whether the URL means to be one of PostgreSQL */
    public static boolean isOne(String url) {
        return SCHEME.matcher(url).lookingAt();
    }

    /**
     * @throws IllegalArgumentException if it cannot be read; the message says what is wrong and shows nothing of the URL
     */
    public static PostgresUrl parse(String url) {
        var scheme = SCHEME.matcher(url);
        if (!scheme.lookingAt() || !scheme.group().endsWith("//")) {
            throw malformed();
        }
        var rest = url.substring(scheme.end());
        var query = rest.indexOf('?') < 0 ? "" : rest.substring(rest.indexOf('?') + 1);
        var path = rest.indexOf('?') < 0 ? rest : rest.substring(0, rest.indexOf('?'));
        int slash = path.indexOf('/');
        var authority = AUTHORITY.matcher(slash < 0 ? path : path.substring(0, slash));
        var name = slash < 0 ? "" : decoded(path.substring(slash + 1));
        if (!authority.matches()) {
            throw new IllegalArgumentException("has characters in its user or password that must be percent-encoded (@ as %40, / as %2F)");
        }
        if (name.isEmpty() || name.contains("/")) {
            throw new IllegalArgumentException("must name a database: postgresql://user:password@host:5432/name");
        }
        var parameters = parameters(query);
        var user = authority.group("user") == null ? parameters.remove("user") : decoded(authority.group("user"));
        var password = authority.group("password") == null ? parameters.remove("password") : decoded(authority.group("password"));
        return new PostgresUrl(hosts(authority.group("hosts")), name, user, password, checked(parameters));
    }

    /** @return the URL for the JDBC driver, without user and password */
    String jdbc() {
        return "jdbc:postgresql://" + hosts + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The URL without its password. */
    @Override
    public String toString() {
        return "postgresql://" + (user == null ? "" : user + "@") + hosts + "/" + name;
    }

    private static String hosts(String hosts) {
        if (hosts.isEmpty()) {
            return "localhost";
        }
        if (!HOSTS.matcher(hosts).matches()) {
            throw malformed();
        }
        if (PORT.matcher(hosts).results().anyMatch(port -> Integer.parseInt(port.group(1)) > MAX_PORT)) {
            throw new IllegalArgumentException("has a port above " + MAX_PORT);
        }
        return hosts;
    }

    private static Map<String, String> parameters(String query) {
        var found = new LinkedHashMap<String, String>();
        for (var pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw malformed();
            }
            found.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return found;
    }

    private static Map<String, String> checked(Map<String, String> given) {
        var checked = new LinkedHashMap<String, String>();
        given.forEach((name, value) -> {
            var known = NAMES.get(name);
            if (known == null) {
                throw new IllegalArgumentException("has an unknown parameter; known are "
                        + NAMES.keySet().stream().sorted().collect(Collectors.joining(", ")));
            }
            if (known.equals("sslmode") && !SSL_MODES.contains(mode(value))) {
                throw new IllegalArgumentException("has an unknown sslmode; known are "
                        + SSL_MODES.stream().sorted().collect(Collectors.joining(", ")));
            }
            if (known.equals("connectTimeout") && !value.matches("\\d{1,4}")) {
                throw new IllegalArgumentException("has a connect_timeout that is no number of seconds");
            }
            checked.put(known, known.equals("sslmode") ? mode(value) : value);
        });
        return Map.copyOf(checked);
    }

    /** {@code ssl=true} is how the JDBC driver says it. */
    private static String mode(String value) {
        return value.equals("true") ? "verify-full" : value;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has a % that is not followed by two hexadecimal digits; the % itself is %25");
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("must look like postgresql://user:password@host:5432/name?sslmode=require");
    }
}
