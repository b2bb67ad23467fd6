package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which modules another one needs before it can run, so that a browser can ask for all of them at once. */
final class ImportGraph {

    /** Imports and re-exports; not {@code import(…)}, whose module is wanted later or never. */
    private static final Pattern STATIC_IMPORT =
            Pattern.compile("(?:^|[\\s;}*\\w])(?:from|import)\\s*([\"'])([\\w@./-]+)\\1");

    private final Map<String, byte[]> files;
    private final Map<String, String> importNames;

    /** @param importNames bare names, and beginnings of names that end in a slash, with the path each stands for */
    ImportGraph(Map<String, byte[]> files, Map<String, String> importNames) {
        this.files = files;
        this.importNames = importNames;
    }

    /** @return the module and all that it imports, directly or not, nearest first; what is no file is left out */
    List<String> needs(String module) {
        var needed = new LinkedHashSet<String>();
        var open = new ArrayDeque<>(List.of(module));
        while (!open.isEmpty()) {
            var next = open.remove();
            if (files.containsKey(next) && needed.add(next)) {
                open.addAll(imports(next));
            }
        }
        return List.copyOf(needed);
    }

    /** @return the modules that one names itself; what is no file is left out */
    List<String> imports(String module) {
        return STATIC_IMPORT.matcher(new String(files.get(module), UTF_8)).results()
                .map(found -> resolve(module, found.group(2)))
                .filter(files::containsKey)
                .distinct()
                .toList();
    }

    /**
     * @return the module and all that it imports, directly or not, in the order in which a browser runs them: each after
     *         those that it imports
     * @throws IllegalStateException if modules import each other in a circle
     */
    List<String> order(String module) {
        var ordered = new LinkedHashSet<String>();
        visit(module, new LinkedHashSet<>(), ordered);
        return List.copyOf(ordered);
    }

    private void visit(String module, Set<String> above, Set<String> ordered) {
        if (ordered.contains(module)) {
            return;
        }
        if (!above.add(module)) {
            throw new IllegalStateException("Modules import each other in a circle: " + above);
        }
        imports(module).forEach(next -> visit(next, above, ordered));
        above.remove(module);
        ordered.add(module);
    }

    /** @return the path of what a module calls by a name */
    String resolve(String importer, String name) {
        if (name.startsWith("./") || name.startsWith("../")) {
            var folder = importer.contains("/") ? importer.substring(0, importer.lastIndexOf('/') + 1) : "";
            return URI.create("/" + folder).resolve(name).getPath().substring(1);
        }
        if (importNames.containsKey(name)) {
            return importNames.get(name);
        }
        return importNames.keySet().stream()
                .filter(beginning -> beginning.endsWith("/") && name.startsWith(beginning))
                .findFirst()
                .map(beginning -> importNames.get(beginning) + name.substring(beginning.length()))
                .orElse(name);
    }
}
