package ollamaweb.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An import goes on after a restart, ends when it is cancelled, and leaves nothing behind. */
class ImportWorkTest {

    static final int SESSIONS = 100;

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void an_import_goes_on_where_a_restart_broke_it_off_and_doubles_nothing() {
        var ada = app.as("ada");
        long id = ImportApiTest.begin(ada, sessions());
        Await.await(() -> ada.get("/api/import/" + id).json().path("done").asInt() > 5, () -> ada.get("/api/import/" + id).body());

        app.restart();

        var again = app.as("ada");
        var ended = ImportApiTest.awaitEnd(again, id);
        assertThat(ended.path("status").asText()).isEqualTo("done");
        assertThat(ended.path("imported").asInt()).isEqualTo(SESSIONS);
        assertThat(again.get("/api/import/" + id).json().path("total_pages").asInt()).isEqualTo(SESSIONS / 20);
        assertThat(again.get("/api/conversations").json().path("total").asInt()).isEqualTo(SESSIONS);
    }

    @Test
    void what_is_in_stays_when_an_import_is_cancelled() {
        var ada = app.as("ada");
        long id = ImportApiTest.begin(ada, sessions());
        Await.await(() -> ada.get("/api/import/" + id).json().path("done").asInt() > 5, () -> ada.get("/api/import/" + id).body());

        var cancelled = ada.delete("/api/import/" + id).json();

        assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
        long next = ImportApiTest.begin(ada, "[" + ImportApiTest.session("next", "Next", "", ImportApiTest.answer("One")) + "]");
        ImportApiTest.awaitEnd(ada, next); // the reader has left the other one by then
        var report = ada.get("/api/import/" + id).json();
        assertThat(report.path("imported").asInt()).isBetween(5, SESSIONS - 1);
        assertThat(ada.get("/api/conversations").json().path("total").asInt()).isEqualTo(report.path("imported").asInt() + 1);
    }

    @Test
    void the_file_goes_once_it_is_read_and_the_report_a_month_later() {
        var ada = app.as("ada");
        long id = ImportApiTest.begin(ada, "[" + ImportApiTest.session("a", "A", "", ImportApiTest.answer("One")) + "]");
        ImportApiTest.awaitEnd(ada, id);
        Await.await(() -> count("import_pieces") == 0, () -> "the file is still here");

        app.clock().advance(Duration.ofDays(31));
        ada.post("/api/config/save", "{\"settings\":{\"a\":1}}");

        Await.await(() -> count("imports") == 0 && count("import_items") == 0, () -> "the report is still here");
        assertThat(app.as("ada").get("/api/import/" + id)).hasStatus(404);
    }

    @Test
    void the_file_that_a_killed_server_was_reading_is_deleted_by_the_next_one() throws IOException {
        var ofNobody = Files.createTempFile("ollama-web-import-999999999999-", ".tmp");
        var ofAnEarlierOne = Files.createTempFile("ollama-web-import-" + ProcessHandle.current().pid() + "-", ".tmp");
        Files.setLastModifiedTime(ofAnEarlierOne, FileTime.from(Instant.EPOCH));
        var inUse = Files.createTempFile("ollama-web-import-" + ProcessHandle.current().pid() + "-", ".tmp");
        try {
            app.restart();

            Await.await(() -> Files.notExists(ofNobody) && Files.notExists(ofAnEarlierOne), () -> "they are still here");
            assertThat(inUse).exists();
        } finally {
            Files.deleteIfExists(inUse);
        }
    }

    @Test
    void more_than_three_imports_of_an_account_do_not_wait() {
        var ada = app.as("ada");
        for (int i = 0; i < 3; i++) {
            ImportApiTest.begin(ada, sessions());
        }

        assertThat(ada.upload("/api/import", "x", "[]".getBytes(UTF_8))).hasStatus(429);
    }

    private long count(String table) {
        return Long.parseLong(Rows.one(app.database(), "SELECT COUNT(*) FROM " + table));
    }

    static String sessions() {
        var sessions = new StringBuilder("[");
        for (int i = 0; i < SESSIONS; i++) {
            sessions.append(i == 0 ? "" : ",").append(ImportApiTest.session("s" + i, "Session " + i, "", ImportApiTest.answer("One")));
        }
        return sessions.append(']').toString();
    }
}
