package ollamaweb.insights;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a text says line by line, each checked against what the model was given. */
final class Claims {

    private static final Pattern LIST_MARK = Pattern.compile("^\\s*(?:[-*+•]|\\d{1,3}[.)])\\s+");
    private static final Pattern HEADING = Pattern.compile("#.*|[-*_=]+|\\*\\*[^*]*\\*\\*:?|[^\\[\\]]{1,80}:");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern BEFORE_PERIOD = Pattern.compile(" (?=[.,;:!?])");

    private final List<Claim> all = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    /** @param given what the model was to cite */
    Claims(String text, List<Source> given) {
        var known = Set.copyOf(given);
        text.lines().forEach(line -> {
            if (line.isBlank() || HEADING.matcher(line.strip()).matches()) {
                kept.add(line.stripTrailing());
                return;
            }
            var cited = Citations.all(line);
            boolean supported = !cited.isEmpty() && known.containsAll(cited);
            all.add(new Claim(plain(line), supported, cited.stream().filter(known::contains).toList()));
            if (supported) {
                kept.add(line.stripTrailing());
            }
        });
    }

    /** @return all of them, in their order */
    List<Claim> all() {
        return all;
    }

    List<Claim> supported() {
        return all.stream().filter(Claim::supported).toList();
    }

    /** @return the text without what it does not support; headings stay */
    String supportedText() {
        return String.join("\n", kept).strip();
    }

    private static String plain(String line) {
        var words = Citations.removed(LIST_MARK.matcher(line).replaceFirst("")).strip();
        return BEFORE_PERIOD.matcher(BLANKS.matcher(words).replaceAll(" ")).replaceAll("");
    }
}
