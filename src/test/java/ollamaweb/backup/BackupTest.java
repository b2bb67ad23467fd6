package ollamaweb.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import ollamaweb.Settings;
import ollamaweb.db.Storage;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.Program;
import ollamaweb.testing.SampleData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups: made while a server runs, read back whole or not at all. */
@Tag("strain")
class BackupTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void a_backup_of_a_server_that_is_written_to_restores_to_the_same() throws Exception {
        SampleData.fill(url("a"));
        var before = SampleData.seen(url("a"));
        var file = folder.resolve("b.zip");
        try (var app = SampleData.server(url("a"))) {
            var writing = CompletableFuture.supplyAsync(() -> {
                int count = 0;
                for (; Files.notExists(file); count++) {
                    SampleData.ada(app).post("/api/v1/goals/", "{\"title\":\"Meanwhile\"}");
                }
                return count;
            });
            backups(url("a")).make(file);
            assertThat(writing.join()).isPositive();
        }

        restore().run(file, SampleData.storage(url("c")));

        before.remove("/api/v1/goals"); // some of those that came meanwhile may be in it
        SampleData.assertSeen(url("c"), before);
    }

    @Test
    void a_backup_of_postgresql_restores_to_an_sqlite_file_and_to_an_empty_postgresql() throws Exception {
        var postgres = PostgresServer.newEmptyDatabase();
        var other = PostgresServer.newEmptyDatabase();
        try {
            SampleData.fill(postgres);
            var before = SampleData.seen(postgres);
            var file = folder.resolve("b.zip");
            try (var app = SampleData.server(postgres)) {
                assertThat(app.port()).isPositive();
                backups(postgres).make(file);
            }

            restore().run(file, SampleData.storage(url("c")));
            restore().run(file, SampleData.storage(other));

            SampleData.assertSeen(url("c"), before);
            SampleData.assertSeen(other, before);
            assertThatThrownBy(() -> restore().run(file, SampleData.storage(other))).isInstanceOf(IOException.class)
                    .hasMessageContaining("not empty");
            assertThat(out.toString(UTF_8)).doesNotContain("postgres:postgres@");
        } finally {
            PostgresServer.drop(postgres);
            PostgresServer.drop(other);
        }
    }

    @Test
    void what_was_there_is_kept_and_secrets_come_along() throws Exception {
        SampleData.fill(url("a"));
        var before = SampleData.seen(url("a"));
        var file = folder.resolve("b.zip");
        backups(url("a")).make(file);
        try (var app = SampleData.server(url("a"))) {
            assertThat(SampleData.ada(app).put("/api/conversations/1", "{\"title\":\"Later\"}")).isOk();
        }
        var later = SampleData.seen(url("a"));
        var clock = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

        new Restore(new PrintStream(out, true, UTF_8), false, clock).run(file, storage(Map.of("DATABASE_URL", url("a"))));

        SampleData.assertSeen(url("a"), before);
        var kept = names(".before-restore-");
        assertThat(kept).hasSize(1);
        SampleData.assertSeen("jdbc:sqlite:" + folder.resolve(kept.get(0)), later);
        assertThat(folder.resolve("a.db.secret")).hasContent(SampleData.SECRETS.get("SECRET_KEY"));
        assertThat(folder.resolve("a.db.jwt.secret")).hasContent(SampleData.SECRETS.get("JWT_SECRET_KEY"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a.db")))).isEqualTo("rw-------");
    }

    @Test
    void a_damaged_backup_is_refused_and_changes_nothing() throws Exception {
        SampleData.fill(url("a"));
        var file = folder.resolve("b.zip");
        backups(url("a")).make(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        restore().verify(file);
        var target = folder.resolve("a.db");
        var content = Files.readAllBytes(target);
        long size = Files.size(file);

        // The names and dates that a zip has around its entries do not matter.
        for (long place = 100; place < size - 1000; place += size / 7) {
            var damaged = folder.resolve("damaged.zip");
            Files.write(damaged, Files.readAllBytes(file));
            try (var bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
                bytes.seek(place);
                int old = bytes.read();
                bytes.seek(place);
                bytes.write(old ^ 0x55);
            }
            assertThatThrownBy(() -> restore().run(damaged, SampleData.storage(url("a")))).as("byte " + place)
                    .isInstanceOf(IOException.class).hasMessageContaining("damaged.zip");
        }
        Files.write(folder.resolve("half.zip"), Arrays.copyOf(Files.readAllBytes(file), (int) size / 2));
        assertThatThrownBy(() -> restore().run(folder.resolve("half.zip"), SampleData.storage(url("a"))))
                .hasMessageContaining("only part of one");
        assertThatThrownBy(() -> restore().verify(folder.resolve("none.zip"))).hasMessageContaining("there is no file");

        assertThat(Files.readAllBytes(target)).isEqualTo(content);
        assertThat(names(".before-restore-")).isEmpty();
        assertThat(names(".ollama-web-")).as("what was needed meanwhile").isEmpty();
    }

    @Test
    void a_backup_with_other_secrets_or_for_a_server_that_runs_is_refused() throws Exception {
        SampleData.fill(url("a"));
        var file = folder.resolve("b.zip");
        backups(url("a")).make(file);
        assertThatThrownBy(() -> backups(url("a")).make(file)).isInstanceOf(FileAlreadyExistsException.class);

        assertThatThrownBy(() -> restore().run(file, storage(Map.of("DATABASE_URL", url("a"), "SECRET_KEY", "another"))))
                .isInstanceOf(IOException.class).hasMessageContaining("SECRET_KEY").hasMessageContaining("unzip -p")
                .hasMessageNotContaining(SampleData.SECRETS.get("SECRET_KEY"));
        try (var app = SampleData.server(url("a"))) {
            assertThatThrownBy(() -> restore().run(file, SampleData.storage(url("a")))).hasMessageContaining("uses this database");
            assertThat(SampleData.ada(app).get("/api/conversations/1")).isOk();
        }
    }

    @Test
    void the_newest_backups_stay_and_nobody_elses_files_go() throws Exception {
        SampleData.fill(url("a"));
        var mine = Files.writeString(Files.createDirectories(folder.resolve("backups")).resolve("ollama-web-mine.zip"), "mine");
        var now = Instant.parse("2026-03-01T10:00:00Z");
        var settings = new BackupSettings(folder.resolve("backups"), 2, true);

        for (int i = 0; i < 4; i++) {
            new Backups(SampleData.storage(url("a")), settings, "1", new PrintStream(out, true, UTF_8), false,
                    Clock.fixed(now.plus(Duration.ofDays(i)), ZoneOffset.UTC)).make();
        }

        try (var files = Files.list(folder.resolve("backups"))) {
            assertThat(files.filter(file -> !file.equals(mine))).hasSize(2).allMatch(file -> file.toString().matches(".*2026030[34]-.*"));
        }
        assertThat(mine).exists();
    }

    @Test
    void an_upgrade_makes_a_backup_before_it_changes_the_schema() throws Exception {
        SampleData.fill(url("a"));
        SampleData.storage(url("a")).migrate(migrations -> {
            for (int i = 0; i < 3; i++) {
                migrations.down();
            }
        });
        var storage = SampleData.storage(url("a"));
        assertThat(storage.isBehind()).isTrue();

        backups(url("a")).makeBeforeUpgrade();

        assertThat(names("before-upgrade", folder.resolve("backups"))).hasSize(1);
        storage.open().close();
        backups(url("a")).makeBeforeUpgrade();
        assertThat(names("before-upgrade", folder.resolve("backups"))).as("the schema is new already").hasSize(1);
    }

    @Test
    void verify_finds_what_is_damaged_also_on_a_server_that_runs() throws Exception {
        SampleData.fill(url("a"));
        try (var app = SampleData.server(url("a"))) {
            assertThat(app.port()).isPositive();
            restore().verify(SampleData.storage(url("a")));
            assertThat(out.toString(UTF_8)).contains("1 accounts", "2 conversations");
        }
        try (var connection = DriverManager.getConnection(url("a"))) {
            connection.createStatement().execute("UPDATE file_pieces SET bytes = randomblob(length(bytes)) WHERE number = 0");
        }
        assertThatThrownBy(() -> restore().verify(SampleData.storage(url("a")))).hasMessageContaining("is not what was uploaded");
        assertThatThrownBy(() -> restore().verify(SampleData.storage(url("none")))).hasMessageContaining("there is no database");
    }

    @Test
    void the_commands_say_what_they_did_and_a_killed_backup_leaves_no_file_of_its_name() throws Exception {
        SampleData.fill(url("a"));
        var made = run("backup");
        assertThat(made.exitCode()).as(made.err()).isZero();
        var name = names("ollama-web-", folder.resolve("backups")).get(0);
        assertThat(run("verify", "backups/" + name).out()).contains("1 accounts").contains("Done");
        assertThat(run("restore", "backups/" + name).out()).contains("what was there before is now");
        var refused = run("restore", "a.db");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("a.db is no backup").hasLineCount(1);

        try (var killed = Program.start(folder, environment(), "backup", "killed.zip")) {
            assertThat(killed).isNotNull();
        }
        assertThat(names("killed")).isEmpty();
    }

    private Program.Outcome run(String... words) throws Exception {
        try (var program = Program.start(folder, environment(), words)) {
            return program.awaitEnd();
        }
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(SampleData.SECRETS);
        environment.put("DATABASE_URL", url("a"));
        return environment;
    }

    private List<String> names(String part) throws IOException {
        return names(part, folder);
    }

    private static List<String> names(String part, Path where) throws IOException {
        try (var files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(part) && !name.endsWith(".lock") && !name.matches(".*(secret|-wal|-shm)")).toList();
        }
    }

    private String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }

    private static Storage storage(Map<String, String> settings) {
        return Settings.of(settings).storage();
    }

    private Backups backups(String url) {
        return new Backups(SampleData.storage(url), new BackupSettings(null, 14, true), "1", new PrintStream(out, true, UTF_8), false,
                Clock.systemUTC());
    }

    private Restore restore() {
        return new Restore(new PrintStream(out, true, UTF_8), false, Clock.systemUTC());
    }
}
