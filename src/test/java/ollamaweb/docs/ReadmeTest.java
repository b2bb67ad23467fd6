package ollamaweb.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import ollamaweb.testing.TestApp;
import ollamaweb.web.WebRoutes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README is held to the server: its tables name what there is, and its first chat is run as it stands. */
class ReadmeTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CALL = Pattern.compile("((?:[A-Z]+(?:, )?)+) (/\\S*)");

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void the_endpoint_tables_name_every_route_and_nothing_else() throws IOException {
        var registered = app.routes().stream()
                .filter(route -> !route.path().matches("/(docs|redoc)/.+") && !WebRoutes.isOfThePage(route.path()))
                .map(route -> route.method() + " " + plain(route.path()))
                .collect(toCollection(TreeSet::new));

        assertThat(namedCalls()).isEqualTo(registered);
    }

    @Test
    void the_settings_table_names_every_setting_of_the_example_file() throws IOException {
        var explained = Pattern.compile("(?m)^#?([A-Z_]+)=").matcher(Files.readString(Path.of(".env.example"))).results()
                .map(found -> found.group(1))
                .collect(toCollection(TreeSet::new));
        var named = new TreeSet<String>();
        for (var row : rows("## Settings")) {
            CODE.matcher(row.split("\\|")[1]).results().map(found -> found.group(1)).forEach(named::add);
        }

        assertThat(named).isEqualTo(explained);
    }

    @Test
    void the_first_chat_streams_an_answer_that_can_be_followed_again_and_signs_in() throws Exception {
        var said = run(app.url());

        assertThat(said)
                .containsSubsequence("event: conversation_created", "event: token", "event: done", "\"conversations\":[{")
                .containsSubsequence("\"conversations\":[{", "event: token", "event: done", "event: token", "event: done")
                .endsWith("}")
                .containsSubsequence("\"token_type\":\"bearer\"", "{\"data\":{\"id\":", "\"email\":\"ada@example.org\"");
    }

    @Test
    void without_a_model_the_first_chat_says_how_to_get_one() throws Exception {
        app.ollama().installed();

        assertThat(run(app.url())).contains("ollama pull").doesNotContain("Malformed JSON", "detail");
    }

    @Test
    void without_ollama_the_first_chat_says_what_to_start() throws Exception {
        app.ollama().close();

        assertThat(run(app.url())).contains("start Ollama").doesNotContain("Malformed JSON", "detail");
    }

    @Test
    void without_a_server_the_first_chat_says_what_to_start() throws Exception {
        assertThat(run("http://127.0.0.1:9")).contains("./run.sh").doesNotContain("Malformed JSON", "detail");
    }

    /** @return what a shell prints that is given all commands of the section, one block after the other */
    private static String run(String url) throws Exception {
        var commands = String.join("\n", blocks("## First chat")).replace("http://localhost:8000", url);
        var shell = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said.strip();
    }

    private static Set<String> namedCalls() throws IOException {
        var calls = new TreeSet<String>();
        for (var row : rows("## Endpoints")) {
            String methods = "";
            String path = "";
            for (var code : CODE.matcher(row.split("\\|")[1]).results().toList()) {
                var call = CALL.matcher(code.group(1));
                if (call.matches()) {
                    methods = call.group(1);
                    path = call.group(2);
                } else {
                    path = path.substring(0, path.lastIndexOf('/')) + code.group(1).substring(1); // …/markdown
                }
                for (var method : methods.split(", ")) {
                    calls.add(method + " " + plain(path));
                }
            }
        }
        return calls;
    }

    /** @return the path without what its parameters are called, and without a slash at its end */
    private static String plain(String path) {
        var unnamed = path.replaceAll("[{<][a-z_]+[}>]", "{}");
        return unnamed.length() > 1 && unnamed.endsWith("/") ? unnamed.substring(0, unnamed.length() - 1) : unnamed;
    }

    /** @return the rows of the section's tables, without their heads */
    private static List<String> rows(String heading) throws IOException {
        return section(heading).lines().filter(line -> line.startsWith("| `")).toList();
    }

    private static List<String> blocks(String heading) throws IOException {
        var blocks = new ArrayList<String>();
        Pattern.compile("(?s)```bash\n(.*?)```").matcher(section(heading)).results()
                .forEach(found -> blocks.add(found.group(1)));
        return blocks;
    }

    private static String section(String heading) throws IOException {
        var text = Files.readString(README);
        int start = text.indexOf("\n" + heading + "\n");
        return text.substring(start, text.indexOf("\n## ", start + 1));
    }
}
