package ollamaweb.insights;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in a text what it cites. */
final class Citations {

    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]{1,200})]");
    private static final Pattern MARK = Pattern.compile("(?i)(task|goal|message)s?\\s+#?(\\d{1,18}(?:\\s*,\\s*#?\\d{1,18}){0,30})");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Citations() {}

    /** @return what the text cites of what was given, in that order; all that was given, when it cites none of it */
    static List<Source> in(String text, List<Source> given) {
        var known = Set.copyOf(given);
        var cited = all(text).stream().filter(known::contains).toList();
        return cited.isEmpty() ? given : cited;
    }

    /** @return what the text cites, whether that was given or not, each once */
    static List<Source> all(String text) {
        var cited = new LinkedHashSet<Source>();
        BRACKETS.matcher(text).results().forEach(brackets -> MARK.matcher(brackets.group(1)).results().forEach(mark -> {
            var type = mark.group(1).toLowerCase(Locale.ROOT);
            NUMBER.matcher(mark.group(2)).results().forEach(number -> cited.add(new Source(type, Long.parseLong(number.group()))));
        }));
        return new ArrayList<>(cited);
    }

    /** @return the text, in which what it cites is named anew; what has no name any more becomes a question mark */
    static String renamed(String text, Function<Source, Optional<Long>> names) {
        return BRACKETS.matcher(text)
                .replaceAll(brackets -> Matcher.quoteReplacement("[" + MARK.matcher(brackets.group(1)).replaceAll(mark -> {
                    var type = mark.group(1).toLowerCase(Locale.ROOT);
                    return Matcher.quoteReplacement(NUMBER.matcher(mark.group()).replaceAll(number -> names
                            .apply(new Source(type, Long.parseLong(number.group()))).map(String::valueOf).orElse("?")));
                }) + "]"));
    }

    /** @return the text without its citations */
    static String removed(String text) {
        return BRACKETS.matcher(text).replaceAll(brackets -> MARK.matcher(brackets.group(1)).find()
                ? ""
                : Matcher.quoteReplacement(brackets.group()));
    }
}
