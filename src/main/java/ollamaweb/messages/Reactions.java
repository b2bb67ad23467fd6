package ollamaweb.messages;

import java.util.regex.Pattern;
import ollamaweb.http.Check;

/** What a reaction may be, wherever it enters. */
public final class Reactions {

    /** As many code points as the longest emoji has that are made of several, and some more. */
    private static final int MAX = 32;
    private static final Pattern GRAPHEME = Pattern.compile("(?!\\p{Cc}|\\s)\\X");

    private Reactions() {}

    /** Notes what is wrong with the field {@code reaction}, which may be missing: it is one character as people see it. */
    public static Check check(Check check, String reaction) {
        return check.text("reaction", reaction, 1, MAX)
                .that(reaction == null || reaction.length() > 2 * MAX || GRAPHEME.matcher(reaction).matches(), "reaction",
                        "must be one character", "value_error.str");
    }
}
