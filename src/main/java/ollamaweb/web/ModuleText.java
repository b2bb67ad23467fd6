package ollamaweb.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One module's text, and the same as a part of a larger file. Imports and exports are recognised where they begin a line or
 * follow a statement; the page's own modules and minified libraries write them so.
 */
final class ModuleText {

    private static final String STATEMENT = "(?<![^;}\\n])";
    private static final Pattern IMPORT =
            Pattern.compile(STATEMENT + "import\\s*(?:([\\w$*{}\\s,]+?)\\s*from\\s*)?([\"'])([\\w@./-]+)\\2;?");
    private static final Pattern EXPORT_LIST =
            Pattern.compile(STATEMENT + "export\\s*\\{([^}]*)\\}(?:\\s*from\\s*([\"'])([\\w@./-]+)\\2)?;?");
    private static final Pattern EXPORT_ALL = Pattern.compile(STATEMENT + "export\\s*\\*\\s*from\\s*([\"'])([\\w@./-]+)\\1;?");
    private static final Pattern DECLARATION =
            Pattern.compile(STATEMENT + "export (?=(?:async )?(?:function|class|const) ([\\w$]+))");
    private static final Pattern DEFAULT = Pattern.compile(STATEMENT + "export default ");
    private static final Pattern LAZY_IMPORT = Pattern.compile("\\bimport\\(([\"'])(\\.[\\w@./-]+)\\1\\)");
    private static final String OWN_ADDRESS = "import.meta.url";

    private final String text;

    ModuleText(String text) {
        this.text = text;
    }

    /** @return the names that it exports itself, with the local name of each; {@code default} is left out */
    Map<String, String> ownExports() {
        var names = new LinkedHashMap<String, String>();
        DECLARATION.matcher(text).results().forEach(found -> names.put(found.group(1), found.group(1)));
        lists().filter(list -> list.group(3) == null)
                .forEach(list -> pairs(list.group(1)).forEach(pair -> names.put(pair.as(), pair.name())));
        return names;
    }

    /** @return the names that it passes on from other modules, with the name there and which module that is */
    Map<String, Passed> passedOn() {
        var names = new LinkedHashMap<String, Passed>();
        lists().filter(list -> list.group(3) != null)
                .forEach(list -> pairs(list.group(1)).forEach(pair -> names.put(pair.as(), new Passed(list.group(3), pair.name()))));
        return names;
    }

    /** @return the modules of which it passes on everything, as it calls them */
    List<String> passedOnWhole() {
        return EXPORT_ALL.matcher(text).results().map(found -> found.group(2)).toList();
    }

    boolean hasDefault() {
        return DEFAULT.matcher(text).find();
    }

    /**
     * @param module the variable that holds what another module exports, by what this one calls it
     * @param path   where a module lies from the file that this becomes a part of, by what this one calls it
     * @param self   where this one would lie from there
     * @return what it does, with imports from those variables and without exports; its default export goes to {@code $default}
     */
    String body(Function<String, String> module, Function<String, String> path, String self) {
        var body = IMPORT.matcher(text).replaceAll(found -> quoted(imported(found, module)));
        body = EXPORT_ALL.matcher(EXPORT_LIST.matcher(body).replaceAll("")).replaceAll("");
        body = DEFAULT.matcher(DECLARATION.matcher(body).replaceAll("")).replaceAll(quoted("const $default="));
        body = LAZY_IMPORT.matcher(body).replaceAll(found -> quoted("import('" + path.apply(found.group(2)) + "')"));
        return body.replace(OWN_ADDRESS, "new URL('" + self + "',import.meta.url).href");
    }

    private static String imported(MatchResult found, Function<String, String> module) {
        var names = found.group(1);
        if (names == null) {
            return "";
        }
        var list = names.strip();
        if (list.startsWith("{")) {
            var parts = pairs(list.substring(1, list.length() - 1)).stream().map(pair -> pair.name() + ":" + pair.as()).toList();
            return "const{" + String.join(",", parts) + "}=" + module.apply(found.group(3)) + ";";
        }
        if (list.matches("[\\w$]+")) {
            return "const " + list + "=" + module.apply(found.group(3)) + ".default;";
        }
        throw new IllegalStateException("An import that cannot be joined: " + found.group());
    }

    private Stream<MatchResult> lists() {
        return EXPORT_LIST.matcher(text).results();
    }

    private static List<Pair> pairs(String list) {
        var pairs = new ArrayList<Pair>();
        for (var each : list.split(",")) {
            var words = each.strip().split("\\s+");
            if (!words[0].isEmpty()) {
                pairs.add(new Pair(words[0], words[words.length - 1]));
            }
        }
        return pairs;
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }

    /** @param module as the module that passes it on calls it */
    record Passed(String module, String name) {}

    private record Pair(String name, String as) {}
}
