package ollamaweb.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ollamaweb.db.Migrations;
import ollamaweb.testing.Await;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.Program;
import ollamaweb.testing.SampleData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups are made while a server runs, by hand, at night, and before the schema changes. */
@Tag("strain")
class BackupTest extends BackupFolder {

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

        storage.migrate(migrations -> {
            assertThat(migrations.isBehind()).isTrue();
            backups(url("a")).beforeUpgrade().on(migrations);
            assertThat(migrations.isBehind()).isTrue();
        });

        assertThat(names("before-upgrade", folder.resolve("backups"))).hasSize(1);
        storage.open(backups(url("a")).beforeUpgrade()).close();
        assertThat(names("before-upgrade", folder.resolve("backups"))).as("within a second").hasSize(2);
        storage.open(backups(url("a")).beforeUpgrade()).close();
        assertThat(names("before-upgrade", folder.resolve("backups"))).as("the schema is new already").hasSize(2);
    }

    @Test
    void every_command_that_changes_the_schema_makes_a_backup_first() throws Exception {
        SampleData.fill(url("a"));
        var postgres = PostgresServer.newEmptyDatabase();
        try {
            for (var command : List.of("migrate up", "admin list", "maintenance", "import none.zip --account 1 --dry-run",
                    "migrate --to " + postgres)) {
                for (var name : names("ollama-web-", Files.createDirectories(folder.resolve("backups")))) {
                    Files.delete(folder.resolve("backups").resolve(name));
                }
                Files.writeString(folder.resolve("none.zip"), "");
                assertThat(run("migrate", "down").exitCode()).isZero();
                assertThat(names("before-downgrade", folder.resolve("backups"))).as("down").hasSize(1);

                run(command.split(" "));

                SampleData.storage(url("a")).migrate(migrations -> assertThat(migrations.isBehind()).as(command).isFalse());
                assertThat(names("before-upgrade", folder.resolve("backups"))).as(command).hasSize(1);
            }
        } finally {
            PostgresServer.drop(postgres);
        }
    }

    @Test
    void a_command_that_cannot_make_the_backup_leaves_the_schema_alone() throws Exception {
        SampleData.fill(url("a"));
        SampleData.storage(url("a")).migrate(Migrations::down);
        Files.writeString(folder.resolve("backups"), "no folder");

        for (var command : List.of("migrate up", "migrate down", "admin list", "--port 0")) {
            var refused = run(command.split(" "));
            assertThat(refused.exitCode()).as(command).isEqualTo(1);
            assertThat(refused.err()).as(command).contains("backups: it is a file, not a folder").hasLineCount(1);
        }
        SampleData.storage(url("a")).migrate(migrations -> {
            assertThat(migrations.isBehind()).isTrue();
            migrations.up();
        });
    }

    @Test
    void a_database_without_accounts_is_upgraded_without_a_backup() throws Exception {
        SampleData.storage(url("a")).migrate(migrations -> {
            migrations.up();
            backups(url("a")).beforeDowngrade().on(migrations);
            migrations.down();
            backups(url("a")).beforeUpgrade().on(migrations);
        });

        assertThat(folder.resolve("backups")).doesNotExist();
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
        try (var connection = DriverManager.getConnection(url("a"))) {
            connection.createStatement().execute("UPDATE messages SET content = substr(content, 1, 50) WHERE id = 1");
        }
        assertThatThrownBy(() -> restore().verify(SampleData.storage(url("a"))))
                .hasMessageContaining("is not what was uploaded").hasMessageContaining("the text of message 1 cannot be read");
        assertThatThrownBy(() -> restore().verify(SampleData.storage(url("none")))).hasMessageContaining("there is no database");
    }

    @Test
    void verify_and_backup_miss_a_file_without_its_bytes_and_a_secret() throws Exception {
        SampleData.fill(url("a"));
        var secretless = storage(Map.of("DATABASE_URL", url("a")));
        assertThatThrownBy(() -> restore().verify(secretless)).hasMessageContaining("a.db.secret is missing");
        assertThatThrownBy(() -> new Backups(secretless, new BackupSettings(null, 1, true), "1", new PrintStream(out), false,
                Clock.systemUTC()).make()).hasMessageContaining("a.db.secret is missing");
        assertThat(folder.resolve("a.db.secret")).doesNotExist();

        try (var connection = DriverManager.getConnection(url("a"))) {
            connection.createStatement().execute("DELETE FROM file_pieces");
        }
        assertThatThrownBy(() -> restore().verify(SampleData.storage(url("a")))).hasMessageContaining("is not what was uploaded");
    }

    @Test
    void a_name_that_is_taken_is_refused_for_what_it_is() throws Exception {
        SampleData.fill(url("a"));
        Files.writeString(folder.resolve("taken.zip"), "mine");

        for (var name : List.of("taken.zip", ".")) {
            var refused = run("backup", name);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).isEqualTo("ollama-web: cannot write " + name + ": there is a file of this name already\n");
        }
        assertThat(folder.resolve("taken.zip")).hasContent("mine");
    }

    @Test
    void the_commands_say_what_they_did() throws Exception {
        SampleData.fill(url("a"));
        var made = run("backup");
        assertThat(made.exitCode()).as(made.err()).isZero();
        var name = names("ollama-web-", folder.resolve("backups")).get(0);
        assertThat(made.out()).doesNotContain("\r").contains("packed");
        assertThat(run("verify", "backups/" + name).out()).doesNotContain("\r").contains("every byte as it was", "1 accounts", "Done");
        assertThat(run("restore", "backups/" + name).out()).contains("what was there before is now");
        var refused = run("restore", "a.db");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("a.db is no backup").hasLineCount(1);
    }

    @Test
    void a_backup_that_is_killed_leaves_no_file_of_its_name_and_the_older_ones_whole() throws Exception {
        SampleData.fill(url("a"));
        backups(url("a")).make(folder.resolve("older.zip"));
        try (var connection = DriverManager.getConnection(url("a"))) { // so much that it takes a while
            connection.createStatement().execute("CREATE TABLE much AS SELECT randomblob(100000000) AS bytes");
        }

        try (var killed = Program.start(folder, environment(), "backup", "killed.zip")) {
            Await.await(
                    () -> names(".ollama-web-").stream().anyMatch(name -> Files.exists(folder.resolve(name).resolve("database.sqlite"))),
                    () -> "it does not begin");
            killed.close();
        }

        assertThat(names("killed")).isEmpty();
        restore().verify(folder.resolve("older.zip"));
        assertThat(run("backup", "killed.zip").exitCode()).as("it can be made again").isZero();
        assertThat(names(".ollama-web-")).as("what the killed one left").isEmpty();
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
}
