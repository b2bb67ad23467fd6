package ollamaweb.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class RequestLogTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)";

    @RegisterExtension
    final TestApp app = new TestApp();

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        Logs.open(folder, Level.INFO, LogFormat.TEXT);
    }

    @AfterEach
    void close() {
        Logs.close();
    }

    @Test
    void each_request_is_one_line() throws IOException {
        var ada = app.as("ada");
        var answer = ada.get("/api/conversations?search=private");
        ada.get("/nothing");
        Logs.close();

        var lines = lines("app.log").stream().filter(line -> line.contains("RequestLog")).toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches(
                TIME + " - http\\.RequestLog - INFO - POST /api/auth/setup 200 [\\d.]+ms from=127\\.0\\.0\\.1 user=- request=\\S+");
        assertThat(lines.get(1))
                .matches(TIME + " - http\\.RequestLog - INFO - GET /api/conversations 200 [\\d.]+ms from=127\\.0\\.0\\.1 user=1 request="
                        + answer.headers().get("X-Request-ID"));
        assertThat(lines.get(2)).contains("GET /nothing 404 ");
    }

    @Test
    void the_link_to_a_calendar_reaches_no_log() throws IOException {
        var token = app.as("ada").post("/api/v1/calendar/token", "").json().at("/data/token").asText();
        app.anonymous().get("/api/v1/calendar.ics?token=" + token);
        Logs.close();

        assertThat(String.join("\n", lines("app.log"))).contains("GET /api/v1/calendar.ics 200 ").doesNotContain(token);
    }

    @Test
    void no_secret_and_no_query_reaches_a_log() throws IOException {
        var secrets = List.of("a-key-to-hide", "wrong-key-to-hide", "query-to-hide", "prompt-to-hide", "user:pass");
        app.anonymous().post("/api/auth/setup", "{\"api_key\":\"a-key-to-hide\"}");
        app.anonymous().post("/api/auth/setup", "{\"api_key\":\"a-key-to-hide\",\"ollama_url\":\"http://user:pass@localhost\"}");
        app.anonymous().post("/api/auth/verify", "{\"api_key\":\"wrong-key-to-hide\"}");
        app.anonymous().post("/api/auth/verify", "{\"api_key\":\"a-key-to-hide");
        app.with("wrong-key-to-hide").get("/api/config/get");
        app.with("a-key-to-hide").get("/api/conversations?search=query-to-hide&api_key=a-key-to-hide");
        app.with("a-key-to-hide").post("/api/conversations", "{\"model_name\":5,\"system_prompt\":\"prompt-to-hide\"}");
        Logs.close();

        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(secrets);
            }
        }
    }

    @Test
    void a_token_in_a_path_is_left_out() throws IOException {
        for (var path : List.of("/share/token-to-hide", "/share/t%6fken-to-hide")) {
            app.anonymous().call(app.anonymous().request(path).build()).execute().close();
        }
        Await.await(() -> lineCount("app.log") == 2, () -> "a large answer's line is written once it is sent");
        Logs.close();

        assertThat(lines("app.log")).hasSize(2).allMatch(line -> line.contains(" GET /share/{token} 200 "));
    }

    @Test
    void a_path_cannot_forge_a_line() throws IOException {
        app.anonymous().get("/a%0d%0a2026-01-01%2000:00:00%20-%20forged");
        Logs.close();

        assertThat(lines("app.log")).hasSize(1);
    }

    @Test
    void a_failure_is_in_both_files_with_its_trace_and_request_id() throws Exception {
        var ada = app.as("ada");
        try (var connection = TestDatabase.connect(app.database())) {
            connection.createStatement().execute("ALTER TABLE settings RENAME TO elsewhere");
        }
        var id = ada.get("/api/config/get").headers().get("X-Request-ID");
        Logs.close();

        for (var file : List.of("app.log", "error.log")) {
            assertThat(Files.readString(folder.resolve(file))).as(file)
                    .contains(" - http.ErrorHandling - ERROR - GET /api/config/get failed - request " + id)
                    .contains("\tat ollamaweb.");
        }
        assertThat(Files.readString(folder.resolve("error.log"))).doesNotContain(" - INFO - ");
    }

    @Test
    void nor_has_a_failure_the_token_of_its_path() throws Exception {
        Rows.change(app.database(), "ALTER TABLE shares RENAME TO elsewhere");
        assertThat(app.anonymous().get("/api/shares/token-to-hide").status()).isEqualTo(500);
        Logs.close();

        assertThat(Files.readString(folder.resolve("error.log"))).contains("GET /api/shares/{token} failed")
                .doesNotContain("token-to-hide");
    }

    @Test
    void the_level_decides_and_libraries_are_quieter() throws IOException {
        Logs.open(folder, Level.DEBUG, LogFormat.TEXT);
        LoggerFactory.getLogger("ollamaweb.chat.Some").debug("own debug");
        LoggerFactory.getLogger("org.eclipse.Some").info("library info");
        LoggerFactory.getLogger("org.eclipse.Some").warn("library warning");
        Logs.open(folder, Level.WARN, LogFormat.TEXT);
        LoggerFactory.getLogger("ollamaweb.chat.Some").info("own info");
        Logs.close();

        assertThat(Files.readString(folder.resolve("app.log")))
                .contains("chat.Some - DEBUG - own debug", "org.eclipse.Some - WARNING - library warning")
                .doesNotContain("library info", "own info");
    }

    @Test
    void the_files_are_for_the_owner_only_after_they_were_rotated_too() throws IOException {
        Logs.close();
        Files.writeString(folder.resolve("app.log.0"), "of an older version\n");
        Files.setPosixFilePermissions(folder.resolve("app.log.0"), PosixFilePermissions.fromString("rw-r--r--"));
        Logs.open(folder, Level.INFO, LogFormat.TEXT);
        var line = "x".repeat(1 << 20);
        for (int written = 0; written < 23; written++) {
            LoggerFactory.getLogger("ollamaweb.Some").error(line);
        }
        Logs.close();

        for (var name : List.of("app.log.0", "app.log.1", "app.log.2", "error.log.0", "error.log.1", "error.log.2")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)))).as(name).isEqualTo("rw-------");
        }
    }

    @Test
    void a_new_folder_is_for_the_owner_only() throws IOException {
        Logs.open(folder.resolve("new/logs"), Level.INFO, LogFormat.TEXT);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/logs")))).isEqualTo("rwx------");
    }

    private int lineCount(String file) {
        try {
            return lines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }
}
