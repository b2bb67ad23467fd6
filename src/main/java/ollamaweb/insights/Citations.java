package ollamaweb.insights;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds in a text what it cites. */
final class Citations {

    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]{1,200})]");
    private static final Pattern MARK = Pattern.compile("(?i)(task|goal|message)s?\\s+#?(\\d{1,18})");

    private Citations() {}

    /** @return what the text cites of what was given, in that order; all that was given, when it cites none of it */
    static List<Source> in(String text, List<Source> given) {
        var known = Set.copyOf(given);
        var cited = new LinkedHashSet<Source>();
        BRACKETS.matcher(text).results().forEach(brackets -> MARK.matcher(brackets.group(1)).results()
                .map(mark -> new Source(mark.group(1).toLowerCase(Locale.ROOT), Long.parseLong(mark.group(2))))
                .filter(known::contains)
                .forEach(cited::add));
        return cited.isEmpty() ? given : List.copyOf(cited);
    }
}
