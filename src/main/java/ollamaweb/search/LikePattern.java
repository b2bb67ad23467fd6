package ollamaweb.search;

import java.util.regex.Pattern;

/** Patterns of SQL's {@code LIKE}, with the backslash for its wildcards. */
public final class LikePattern {

    private static final Pattern WILDCARD = Pattern.compile("[\\\\%_]");

    private LikePattern() {}

    /** @return what matches texts with this one in them */
    public static String containing(String text) {
        return '%' + WILDCARD.matcher(text).replaceAll("\\\\$0") + '%';
    }
}
