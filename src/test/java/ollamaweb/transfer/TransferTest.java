package ollamaweb.transfer;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import ollamaweb.db.Storage.MigrationWork;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.SampleData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an SQLite file to PostgreSQL, and back. */
@Tag("strain")
class TransferTest {

    @TempDir
    Path folder;

    private String file;
    private String postgres;

    @BeforeEach
    void makeDatabases() {
        file = "jdbc:sqlite:" + folder.resolve("a.db");
        postgres = PostgresServer.newEmptyDatabase();
    }

    @AfterEach
    void dropDatabase() {
        PostgresServer.drop(postgres);
    }

    @Test
    void all_data_goes_to_postgresql_and_back() throws Exception {
        SampleData.fill(file);
        var before = SampleData.seen(file);

        var out = transfer(file, postgres);

        assertThat(out).contains("messages").contains("the same").doesNotContain("postgres:postgres@");
        SampleData.assertSeen(postgres, before);
        var again = "jdbc:sqlite:" + folder.resolve("b.db");
        transfer(postgres, again);
        SampleData.assertSeen(again, before);
    }

    @Test
    void ids_that_were_given_are_not_given_again() throws Exception {
        SampleData.fill(file);
        try (var app = SampleData.server(file)) {
            assertThat(SampleData.ada(app).delete("/api/conversations/2")).isOk();
            app.awaitPurged();
        }

        transfer(file, postgres);

        try (var app = SampleData.server(postgres)) {
            assertThat(SampleData.ada(app).startsConversation("echo")).isEqualTo(3);
        }
    }

    @Test
    void a_transfer_that_broke_off_goes_on_and_no_server_starts_on_a_part() throws Exception {
        SampleData.fill(file);
        var before = SampleData.seen(file);
        refuseTasks();
        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(SQLException.class).hasMessageContaining("broken off");
        assertThatThrownBy(() -> SampleData.server(postgres)).hasMessageContaining("run migrate --to again");

        run("DROP FUNCTION broken CASCADE");
        transfer(file, postgres);

        SampleData.assertSeen(postgres, before);
    }

    @Test
    void a_transfer_that_had_ended_can_be_run_again_and_changes_nothing() throws Exception {
        SampleData.fill(file);
        var before = SampleData.seen(file);
        transfer(file, postgres);

        assertThat(transfer(file, postgres)).contains("there already, the same");

        SampleData.assertSeen(postgres, before);
    }

    @Test
    void what_changed_in_the_source_meanwhile_is_noticed() throws Exception {
        SampleData.fill(file);
        refuseTasks();
        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(SQLException.class);
        run("DROP FUNCTION broken CASCADE");
        try (var app = SampleData.server(file)) {
            assertThat(SampleData.ada(app).put("/api/conversations/1", "{\"title\":\"Other\"}")).isOk();
        }

        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("differs")
                .hasMessageContaining("conversations");
    }

    @Test
    void a_target_that_has_data_is_left_alone() throws Exception {
        SampleData.fill(file);
        SampleData.fill(postgres);
        var before = SampleData.seen(postgres);

        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("not empty");
        assertThatThrownBy(() -> transfer(file, "jdbc:sqlite:" + folder.resolve("b.db"))).hasMessageContaining("from SQLite to PostgreSQL");

        SampleData.assertSeen(postgres, before);
    }

    @Test
    void a_source_in_which_there_is_nothing_is_no_source() {
        assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("no accounts in")
                .hasMessageContaining("a.db");
    }

    @Test
    void a_database_that_a_server_uses_is_not_copied() throws Exception {
        try (var app = SampleData.server(file)) {
            assertThat(app.port()).isPositive();
            assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("uses this database");
        }
        try (var app = SampleData.server(postgres)) {
            assertThat(app.port()).isPositive();
            assertThatThrownBy(() -> transfer(file, postgres)).isInstanceOf(IOException.class).hasMessageContaining("stop all of them");
        }
    }

    private static String transfer(String from, String to) throws IOException, SQLException {
        var out = new ByteArrayOutputStream();
        try (var source = SampleData.storage(from).connectAlone(MigrationWork.NONE);
                var target = SampleData.storage(to).connectAlone(MigrationWork.NONE)) {
            new Transfer(source, target, new PrintStream(out, true, StandardCharsets.UTF_8), false).run();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The target takes no tasks, until the function is dropped. */
    private void refuseTasks() throws Exception {
        SampleData.storage(postgres).migrate(migrations -> migrations.up());
        run("CREATE FUNCTION broken() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$");
        run("CREATE TRIGGER broken BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION broken()");
    }

    private void run(String statement) throws SQLException {
        try (var connection = PostgresServer.connect(postgres)) {
            connection.createStatement().execute(statement);
        }
    }
}
