package ollamaweb.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import ollamaweb.testing.Await;
import ollamaweb.testing.Program;
import ollamaweb.testing.Program.Outcome;
import ollamaweb.testing.SampleData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} at the console. */
@Tag("strain")
class ImportCommandTest {

    @TempDir
    Path folder;

    @Test
    void a_file_is_imported_for_an_account_at_the_console_and_comes_once() throws Exception {
        fill("[" + ImportApiTest.session("a", "At the console", "", ImportApiTest.answer("One"))
                + ",{\"id\":\"b\",\"title\":\"Bad\",\"model\":\"x\"}]");

        assertThat(run("import", "sessions.json", "--account", "1", "--dry-run").out()).contains("1 new", "Nothing was written");
        var done = run("import", "sessions.json", "--account", "1");
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.out()).contains("1 new, 0 updated, 0 unchanged, 1 failed", "\"Bad\" failed: ", "Done");
        assertThat(run("import", "sessions.json", "--account", "1").out()).contains("0 new, 0 updated, 1 unchanged, 1 failed");
        try (var app = SampleData.server(url())) {
            assertThat(SampleData.ada(app).get("/api/conversations?search=console").json().path("total").asInt()).isEqualTo(1);
        }
        fails("there is no account nobody@example.org", "import", "sessions.json", "--account", "nobody@example.org");
        fails("cannot read none.json", "import", "none.json", "--account", "1");
        fails("import needs a file and --account, which are for nothing else (try --help)", "import", "sessions.json");
    }

    @Test
    void beside_a_server_that_has_the_file_for_itself_that_server_imports() throws Exception {
        fill("[" + ImportApiTest.session("a", "At the console", "", ImportApiTest.answer("One"))
                + ",{\"id\":\"b\",\"title\":\"Bad\",\"model\":\"x\"}]");
        Files.writeString(folder.resolve("words.txt"), "no export of anything");
        try (var app = SampleData.server(url())) {
            var ada = SampleData.ada(app);

            assertThat(run("import", "sessions.json", "--account", "1", "--dry-run").out()).contains("1 new", "Nothing was written");
            var done = run("import", "sessions.json", "--account", "1");
            assertThat(done.exitCode()).as(done.err()).isZero();
            assertThat(done.out()).contains("1 new, 0 updated, 0 unchanged, 1 failed", "\"Bad\" failed: ", "Done");
            assertThat(run("import", "sessions.json", "--account", "1").out()).contains("0 new, 0 updated, 1 unchanged, 1 failed");
            fails("This is no export of ChatGPT, Claude, ", "import", "words.txt", "--account", "1");
            fails("there is no account nobody@example.org", "import", "sessions.json", "--account", "nobody@example.org");

            assertThat(ada.get("/api/conversations?search=console").json().path("total").asInt()).isEqualTo(1);
            assertThat(ada.get("/api/import").json().path("total").asInt()).isEqualTo(4);
        }
    }

    @Test
    void the_server_goes_on_when_the_command_that_has_handed_the_file_over_is_killed() throws Exception {
        fill(ImportWorkTest.sessions());
        try (var app = SampleData.server(url())) {
            var ada = SampleData.ada(app);
            try (var program = start("import", "sessions.json", "--account", "1")) {
                Await.await(Duration.ofMinutes(1), () -> ada.get("/api/import").json().path("total").asInt() == 1,
                        () -> "alive: " + program.isAlive());
            }

            var ended = ImportApiTest.awaitEnd(ada, ada.get("/api/import").json().at("/imports/0/id").asLong());

            assertThat(ended.path("imported").asInt()).isEqualTo(ImportWorkTest.SESSIONS);
        }
    }

    /** A database with an account, and a file to import. */
    private void fill(String sessions) throws Exception {
        SampleData.fill(url());
        Files.writeString(folder.resolve("sessions.json"), sessions);
    }

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("a.db");
    }

    private Program start(String... words) throws Exception {
        var environment = new HashMap<>(SampleData.SECRETS);
        environment.put("DATABASE_URL", url());
        return Program.start(folder, environment, words);
    }

    private Outcome run(String... words) throws Exception {
        try (var program = start(words)) {
            return program.awaitEnd();
        }
    }

    private void fails(String reason, String... words) throws Exception {
        var outcome = run(words);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(reason).hasLineCount(1);
    }
}
