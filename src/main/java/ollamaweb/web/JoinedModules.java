package ollamaweb.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Modules that are needed together, in one file each time: asking for seventy costs a browser more than running them. Each
 * is a function in that file and runs once. At its own address there is a module that gives the same, for those that are
 * not part of it.
 */
final class JoinedModules {

    private final Map<String, byte[]> files;
    private final ImportGraph graph;
    /** The variable of each module, and the module whose file it is part of. */
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> homes = new LinkedHashMap<>();

    private JoinedModules(Map<String, byte[]> files, ImportGraph graph, List<String> entries) {
        this.files = files;
        this.graph = graph;
        for (var entry : entries) {
            for (var module : graph.order(entry)) {
                if (homes.putIfAbsent(module, entry) == null) {
                    variables.put(module, "$" + variables.size());
                }
            }
        }
    }

    /**
     * @param files   all files by path; not changed
     * @param entries the modules to begin at; what an earlier one needs is in its file and not in that of a later one
     * @return the same files, the entries with all that they need
     */
    static Map<String, byte[]> join(Map<String, byte[]> files, ImportGraph graph, List<String> entries) {
        var modules = new JoinedModules(files, graph, entries);
        var joined = new LinkedHashMap<>(files);
        modules.homes.forEach((module, home) -> joined.put(module,
                (module.equals(home) ? modules.whole(home) : modules.reference(module)).getBytes(UTF_8)));
        return joined;
    }

    /** @return the file of an entry */
    private String whole(String entry) {
        var inside = homes.keySet().stream().filter(module -> homes.get(module).equals(entry)).toList();
        var text = new StringBuilder(fromOthers(entry, inside));
        for (var module : inside) {
            text.append("// ").append(module).append('\n');
            if (module.equals(entry)) {
                text.append(body(module, entry));
            } else {
                text.append("export const ").append(variables.get(module)).append("=(()=>{\n").append(body(module, entry))
                        .append("\nreturn{").append(exports(module)).append("}})();\n");
            }
        }
        return text.toString();
    }

    private String fromOthers(String entry, List<String> inside) {
        return inside.stream()
                .flatMap(module -> graph.imports(module).stream())
                .filter(needed -> !homes.get(needed).equals(entry))
                .distinct()
                .collect(Collectors.groupingBy(homes::get, LinkedHashMap::new, Collectors.mapping(variables::get, Collectors.joining(","))))
                .entrySet().stream()
                .map(other -> "import{" + other.getValue() + "}from'" + path(entry, other.getKey()) + "';\n")
                .collect(Collectors.joining());
    }

    private String body(String module, String entry) {
        return text(module).body(called(module).andThen(variables::get), called(module).andThen(other -> path(entry, other)),
                path(entry, module));
    }

    private String exports(String module) {
        var exports = names(module).entrySet().stream().map(each -> each.getKey() + ":" + each.getValue())
                .collect(Collectors.joining(","));
        return text(module).hasDefault() ? "default:$default" + (exports.isEmpty() ? "" : ",") + exports : exports;
    }

    /** @return what a module exports but for its default, and in which expression of the joined file it is found */
    private Map<String, String> names(String module) {
        var names = new LinkedHashMap<String, String>();
        text(module).passedOnWhole().stream().map(called(module))
                .forEach(other -> names(other).keySet().forEach(name -> names.put(name, variables.get(other) + "." + name)));
        text(module).passedOn()
                .forEach(
                        (as, passed) -> names.put(as, called(module).andThen(variables::get).apply(passed.module()) + "." + passed.name()));
        names.putAll(text(module).ownExports());
        return names;
    }

    /** @return what stands at the address of a module that is part of another file */
    private String reference(String module) {
        Set<String> names = new LinkedHashSet<>(names(module).keySet());
        return "import{" + variables.get(module) + " as $}from'" + path(module, homes.get(module)) + "';\n"
                + (names.isEmpty() ? "" : "export const{" + String.join(",", names) + "}=$;\n")
                + (text(module).hasDefault() ? "export default $.default;\n" : "");
    }

    private Function<String, String> called(String importer) {
        return name -> graph.resolve(importer, name);
    }

    private ModuleText text(String module) {
        return new ModuleText(new String(files.get(module), UTF_8));
    }

    /** @return where a file lies from another one */
    private static String path(String from, String to) {
        var ups = "../".repeat((int) from.chars().filter(sign -> sign == '/').count());
        return (ups.isEmpty() ? "./" : ups) + to;
    }
}
