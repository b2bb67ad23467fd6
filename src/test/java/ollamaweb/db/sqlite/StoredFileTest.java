package ollamaweb.db.sqlite;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import ollamaweb.testing.Program;
import ollamaweb.testing.Rows;
import ollamaweb.testing.SqliteOnly;
import ollamaweb.testing.Await;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database file that is not what the server left there, before the start and under a running server. */
@SqliteOnly
class StoredFileTest {

    private static final int PAGE = 4096;

    @RegisterExtension
    final TestApp app = new TestApp();

    @TempDir
    Path folder;

    @Test
    void its_files_are_for_the_owner_only() throws Exception {
        try (var other = TestApp.started("DATABASE_URL", "jdbc:sqlite:" + folder.resolve("new.db"))) {
            other.as("ada");

            for (var name : List.of("new.db", "new.db-wal", "new.db.lock", "new.db.secret")) {
                var permissions = Files.getPosixFilePermissions(folder.resolve(name));
                assertThat(PosixFilePermissions.toString(permissions)).as(name).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void a_database_newer_than_the_program_does_not_start() throws Exception {
        assertThat(Program.run(folder, "migrate", "up").exitCode()).isZero();
        Rows.change(file(), "INSERT INTO changelog VALUES (999, '2030-01-01 00:00:00', 'wings')");

        for (var arguments : new String[][] {{"--port", "0"}, {"migrate", "up"}, {"migrate", "down"}}) {
            refuses("was written by a newer ollama-web (999 wings): use that version, or put back a backup made before it", arguments);
        }
        assertThat(Rows.one(file(), "SELECT COUNT(*) FROM changelog"))
                .isEqualTo(Long.toString(Files.readAllLines(Path.of("sql/sqlite/index.txt")).size() + 1));
    }

    @Test
    void a_database_missing_or_empty_beside_its_secrets_does_not_start() throws Exception {
        var line = ", but its secrets are there: put the database back, or move ollama_web.db.secret away to begin anew";
        Files.writeString(folder.resolve("ollama_web.db.secret"), "s".repeat(64));

        refuses("is missing" + line, "--port", "0");
        refuses("is missing" + line, "migrate", "up");
        assertThat(file()).doesNotExist();

        Files.createFile(file());
        refuses("is empty" + line, "--port", "0");

        Rows.change(file(), "PRAGMA journal_mode = WAL");
        refuses("is empty" + line, "--port", "0");
        assertThat(Rows.one(file(), "SELECT COUNT(*) FROM sqlite_schema")).isEqualTo("0");
    }

    @Test
    void a_database_missing_beside_its_log_does_not_start() throws Exception {
        Files.writeString(folder.resolve("ollama_web.db-wal"), "what was written last");

        refuses("is missing, but its log ollama_web.db-wal is not: restore the file, or move the log away", "--port", "0");
        assertThat(folder.resolve("ollama_web.db-wal")).hasContent("what was written last");
    }

    @Test
    void a_damaged_database_does_not_start() throws Exception {
        assertThat(Program.run(folder, "migrate", "up").exitCode()).isZero();
        Rows.change(file(), "INSERT INTO users (id) VALUES (1)");
        Rows.change(file(), """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                INSERT INTO settings (user_id, key, value) SELECT 1, 'key ' || i, hex(randomblob(50)) FROM n""");
        Rows.change(file(), "PRAGMA wal_checkpoint(TRUNCATE)");
        var root = Long.parseLong(Rows.one(file(), "SELECT rootpage FROM sqlite_schema WHERE name = 'settings'"));
        try (var raw = new RandomAccessFile(file().toFile(), "rw")) {
            var noise = new byte[PAGE];
            new Random(1).nextBytes(noise);
            raw.seek((root - 1) * PAGE);
            raw.write(noise);
        }

        var outcome = Program.run(folder, "--port", "0");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).hasLineCount(1).startsWith("ollama-web: the database ./ollama_web.db is damaged (")
                .endsWith("): put back a backup, or save what can be read with: sqlite3 ./ollama_web.db .recover\n");
    }

    @Test
    void what_is_no_database_does_not_start() throws Exception {
        Files.writeString(file(), "this is no database, whatever its name says".repeat(100));

        var outcome = Program.run(folder, "--port", "0");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).hasLineCount(1).startsWith("ollama-web: the database ./ollama_web.db is damaged (")
                .contains("not a database", "put back a backup");
    }

    @Test
    void a_file_that_was_moved_away_takes_no_write_and_makes_health_unhealthy_until_it_is_back() throws Exception {
        var ada = app.as("ada");
        var elsewhere = app.database().resolveSibling("elsewhere.db");

        Files.move(app.database(), elsewhere);

        assertThat(app.anonymous().get("/api/v1/health")).hasStatus(503);
        assertThat(ada.post("/api/config/save", "{\"settings\":{\"a\":1}}"))
                .isError(503, "The database file was moved away or replaced, nothing was saved");

        Files.move(elsewhere, app.database());

        assertThat(app.anonymous().get("/api/v1/health")).isOk();
        assertThat(ada.get("/api/config/get").json().path("settings").isEmpty()).isTrue();
        assertThat(ada.post("/api/config/save", "{\"settings\":{\"a\":1}}")).isOk();
    }

    @Test
    void a_file_that_was_replaced_takes_no_write_and_stays_as_it_is() throws Exception {
        var ada = app.as("ada");
        var copy = app.database().resolveSibling("copy.db");
        Files.copy(app.database(), copy);
        Files.move(copy, app.database(), StandardCopyOption.REPLACE_EXISTING);
        var bytes = Files.readAllBytes(app.database());

        assertThat(app.anonymous().get("/api/v1/health")).hasStatus(503);
        assertThat(ada.post("/api/config/save", "{\"settings\":{\"a\":1}}")).hasStatus(503);
        assertThat(Files.readAllBytes(app.database())).isEqualTo(bytes);
    }

    @Test
    void a_writer_that_died_makes_health_unhealthy_and_leaves_nobody_waiting() {
        var ada = app.as("ada");

        var writers = Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("database-writer")).toList();
        Await.await(() -> {
            writers.forEach(Thread::interrupt); // one that is in the middle of its work may not notice
            return writers.stream().noneMatch(Thread::isAlive);
        }, () -> "the writer is still there");

        assertThat(ada.post("/api/config/save", "{\"settings\":{\"a\":1}}")).hasStatus(503);
        assertThat(app.anonymous().get("/api/v1/health")).hasStatus(503);
        assertThat(ada.get("/api/config/get")).as("reading goes on").isOk();
    }

    private Path file() {
        return folder.resolve("ollama_web.db");
    }

    private void refuses(String reason, String... arguments) throws Exception {
        assertThat(Program.run(folder, arguments))
                .isEqualTo(new Program.Outcome(1, "", "ollama-web: the database ./ollama_web.db " + reason + "\n"));
    }
}
