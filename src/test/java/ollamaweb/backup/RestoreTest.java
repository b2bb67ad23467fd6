package ollamaweb.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import ollamaweb.db.Migrations;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.SampleData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups are restored whole or not at all. */
@Tag("strain")
class RestoreTest extends BackupFolder {

    @Test
    void a_backup_of_a_server_that_is_written_to_restores_to_the_same() throws Exception {
        SampleData.fill(url("a"));
        var before = SampleData.seen(url("a"));
        var file = folder.resolve("b.zip");
        try (var app = SampleData.server(url("a"))) {
            var writing = Concurrently.supply(() -> {
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
    void a_restore_to_postgresql_that_broke_off_goes_on_and_no_server_starts_on_a_part() throws Exception {
        SampleData.fill(url("a"));
        var before = SampleData.seen(url("a"));
        var file = folder.resolve("b.zip");
        backups(url("a")).make(file);
        var postgres = PostgresServer.newEmptyDatabase();
        try (var connection = PostgresServer.connect(postgres); var statement = connection.createStatement()) {
            SampleData.storage(postgres).migrate(Migrations::up);
            statement.execute("CREATE FUNCTION broken() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$");
            statement.execute("CREATE TRIGGER broken BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION broken()");
            assertThatThrownBy(() -> restore().run(file, SampleData.storage(postgres))).hasMessageContaining("to go on run it again");
            assertThatThrownBy(() -> SampleData.server(postgres)).hasMessageContaining("only part of what is in the backup of")
                    .hasMessageContaining("restore");

            statement.execute("DROP FUNCTION broken CASCADE");
            restore().run(file, SampleData.storage(postgres));

            SampleData.assertSeen(postgres, before);
        } finally {
            PostgresServer.drop(postgres);
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
    void a_restore_that_was_killed_between_two_files_starts_no_empty_server_and_goes_on() throws Exception {
        SampleData.fill(url("a"));
        var before = SampleData.seen(url("a"));
        var file = folder.resolve("b.zip");
        backups(url("a")).make(file);
        Files.move(folder.resolve("a.db"), folder.resolve("a.db.before-restore-1"));
        Files.writeString(folder.resolve("a.db.replacing"), "a.db.before-restore-1");

        assertThatThrownBy(() -> SampleData.storage(url("a")).open()).hasMessageContaining("a restore was broken off: run it again")
                .hasMessageContaining("a.db.before-restore-1");
        assertThat(folder.resolve("a.db")).doesNotExist();
        restore().run(file, SampleData.storage(url("a")));

        assertThat(out.toString(UTF_8)).contains("what was there before is now a.db.before-restore-1\n");
        assertThat(names("a.db")).containsExactlyInAnyOrder("a.db", "a.db.before-restore-1");
        SampleData.assertSeen(url("a"), before);
        SampleData.assertSeen("jdbc:sqlite:" + folder.resolve("a.db.before-restore-1"), before);
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
}
