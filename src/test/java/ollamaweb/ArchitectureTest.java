package ollamaweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Imports go Main -> App -> features -> rooms, as ARCHITECTURE.md lists them; read from the sources themselves. */
class ArchitectureTest {

    private static final Path SOURCES = Path.of("src/main/java/ollamaweb");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?ollamaweb\\.(?:([a-z.]+)\\.)?[A-Z]", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| [^|]+ \\| ?([a-z., ]*)\\|");
    private static final String TOP = "";
    private static final Set<String> ROOMS =
            Set.of("http", "json", "db", "db.sqlite", "db.postgresql", "outbound", "providers", "providers.ollama", "providers.openai",
                    "providers.anthropic", "log",
                    "crypto", "concurrent");

    private final Map<String, Set<String>> imports = imports();

    @Test
    void rooms_know_no_feature() {
        for (var room : ROOMS) {
            assertThat(ROOMS).as(room).containsAll(imports.get(room));
        }
    }

    @Test
    void nobody_but_the_top_knows_of_what_kind_a_provider_is() {
        imports.forEach((room, known) -> {
            if (!room.equals(TOP)) {
                assertThat(known).as(room).noneMatch(name -> name.startsWith("providers."));
            }
        });
    }

    @Test
    void the_document_lists_every_package_and_what_it_imports() throws IOException {
        var listed = Files.readString(Path.of("ARCHITECTURE.md")).lines()
                .map(ROW::matcher).filter(Matcher::matches)
                .collect(Collectors.toMap(row -> row.group(1), row -> names(row.group(2)), (one, other) -> one, TreeMap::new));
        var found = new TreeMap<>(imports);
        found.remove(TOP);

        assertThat(listed).isEqualTo(found);
    }

    @Test
    void nobody_knows_the_top() {
        imports.forEach((room, known) -> assertThat(known).as(room).doesNotContain(TOP));
    }

    @Test
    void nobody_but_insights_and_the_doors_of_other_clients_knows_chat() {
        imports.forEach((room, known) -> {
            if (!Set.of(TOP, "insights", "gateway").contains(room)) {
                assertThat(known).as(room).doesNotContain("chat");
            }
        });
    }

    @Test
    void features_do_not_know_each_other_in_circles() {
        imports.keySet().forEach(feature -> assertThat(circle(feature, List.of())).as(feature).isEmpty());
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> circle(String feature, List<String> way) {
        if (way.contains(feature)) {
            var circle = new ArrayList<>(way.subList(way.indexOf(feature), way.size()));
            circle.add(feature);
            return circle;
        }
        var further = new ArrayList<>(way);
        further.add(feature);
        return imports.getOrDefault(feature, Set.of()).stream()
                .map(known -> circle(known, further))
                .filter(circle -> !circle.isEmpty())
                .findFirst().orElse(List.of());
    }

    /** @return for each package, the other packages that it imports; the top is the empty name */
    private static Map<String, Set<String>> imports() {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toMap(
                    ArchitectureTest::home, ArchitectureTest::known,
                    (some, others) -> {
                        some.addAll(others);
                        return some;
                    }, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String home(Path file) {
        return SOURCES.relativize(file.getParent()).toString().replace(File.separatorChar, '.');
    }

    private static Set<String> known(Path file) {
        try {
            var known = IMPORT.matcher(Files.readString(file)).results()
                    .map(found -> found.group(1) == null ? TOP : found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            known.remove(home(file));
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
