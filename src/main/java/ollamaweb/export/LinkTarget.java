package ollamaweb.export;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which targets the links and images of imported Markdown may have: those listed here, and relative ones. */
final class LinkTarget {

    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");
    private static final Pattern RASTER_IMAGE = Pattern.compile("data:image/(png|jpeg|gif|webp);base64,[a-z0-9+/=]*");
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Z}]+");
    private static final Pattern PATH_QUERY_OR_FRAGMENT = Pattern.compile("[/\\\\?#]");

    private LinkTarget() {}

    /**
     * A colon before any slash, question mark or number sign ends a scheme. Browsers overlook case and some characters
     * that cannot be seen; all of the latter are overlooked here, so that nothing can be hidden behind one.
     *
     * @param destination the target as the Markdown parser gives it, with its entities and escapes resolved
     */
    static boolean isAllowed(String destination) {
        var target = INVISIBLE.matcher(destination).replaceAll("").toLowerCase(Locale.ROOT);
        int colon = PATH_QUERY_OR_FRAGMENT.split(target, 2)[0].indexOf(':');
        return colon < 0 || SCHEMES.contains(target.substring(0, colon)) || RASTER_IMAGE.matcher(target).matches();
    }
}
