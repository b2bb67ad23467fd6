package ollamaweb.purge;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import ollamaweb.testing.Await;
import ollamaweb.testing.Program;
import ollamaweb.testing.Rows;
import ollamaweb.testing.SqliteOnly;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted is gone from the files, too. */
@SqliteOnly
class MaintenanceTest {

    /** In a text so long that it has pages of its own, and in a short one. */
    private static final String SECRET = "the combination is 36-24-36";

    @RegisterExtension
    final TestApp app = new TestApp();

    @TempDir
    Path folder;

    @Test
    void after_the_night_neither_the_database_nor_its_log_has_a_deleted_text() throws Exception {
        var ada = app.as("ada");
        app.ollama().model("tiny", say("answer: " + SECRET));
        long kept = talk("I keep this");
        long deleted = talk(SECRET);
        long large = talk((SECRET + " ").repeat(3000));
        app.awaitIndexed();
        assertThat(filesHave(SECRET)).isTrue();

        for (long id : new long[] {deleted, large}) {
            assertThat(ada.delete("/api/conversations/" + id)).isOk();
        }
        ada.delete("/api/messages/" + ada.messages(kept).path(1).path("id").asLong());
        app.awaitPurged();
        long pages = pages();
        app.clock().advance(Duration.ofDays(1));

        Await.await(Duration.ofMinutes(1), () -> !filesHave(SECRET), () -> "the text is still there");
        assertThat(ada.messages(kept).path(0).path("content").asText()).isEqualTo("I keep this");
        Await.await(Duration.ofMinutes(1), () -> "0".equals(Rows.one(app.database(), "PRAGMA freelist_count")), () -> "free pages");
        assertThat(pages()).isLessThan(pages);
    }

    @Test
    @Tag("strain")
    void the_command_rewrites_a_file_of_an_older_version() throws Exception {
        var database = folder.resolve("ollama_web.db");
        assertThat(Program.run(folder, "migrate", "up").exitCode()).isZero();
        try (var connection = TestDatabase.connect(database); var statement = connection.createStatement()) {
            statement.execute("PRAGMA auto_vacuum = NONE");
            statement.execute("VACUUM");
        }
        assertThat(Rows.one(database, "PRAGMA auto_vacuum")).isEqualTo("0");
        Rows.change(database, "INSERT INTO users (id) VALUES (1)");
        Rows.change(database, "INSERT INTO conversations (id, user_id, title, model_name) VALUES (1, 1, '" + SECRET + "', 'tiny')");
        Rows.change(database, "INSERT INTO messages (conversation_id, role, content) VALUES (1, 'user', '" + SECRET.repeat(999) + "')");
        Rows.change(database, "UPDATE conversations SET user_id = NULL");

        var outcome = Program.run(folder, "maintenance");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Done");
        assertThat(has(database, SECRET)).isFalse();
        assertThat(Rows.one(database, "PRAGMA auto_vacuum")).isEqualTo("2");
    }

    private long pages() {
        return Long.parseLong(Rows.one(app.database(), "PRAGMA page_count"));
    }

    private long talk(String text) {
        var answer = app.as("ada").post("/api/chat/stream", "{\"model_name\":\"tiny\",\"stream\":false,\"message\":\"" + text + "\"}");
        assertThat(answer).isOk();
        return answer.json().path("conversation_id").asLong();
    }

    private boolean filesHave(String text) {
        var log = app.database().resolveSibling(app.database().getFileName() + "-wal");
        return has(app.database(), text) || Files.exists(log) && has(log, text);
    }

    private static boolean has(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
