package ollamaweb.db.sqlite;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Storage.MigrationWork;
import ollamaweb.testing.SqliteOnly;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SqliteOnly
class SqliteDatabaseTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @TempDir
    Path folder;

    interface Probe {

        @SqlQuery("SELECT journal_mode FROM pragma_journal_mode")
        String journalMode();

        @SqlQuery("SELECT synchronous FROM pragma_synchronous")
        int synchronous();

        @SqlQuery("SELECT cache_size FROM pragma_cache_size")
        int cacheSize();

        @SqlQuery("SELECT temp_store FROM pragma_temp_store")
        int tempStore();

        @SqlQuery("SELECT timeout FROM pragma_busy_timeout")
        int busyTimeout();

        @SqlQuery("SELECT foreign_keys FROM pragma_foreign_keys")
        int foreignKeys();

        @SqlUpdate("INSERT INTO settings (user_id, key, value) VALUES (1, :key, '1')")
        void insertSetting(String key);

        @SqlUpdate("INSERT INTO users (id) VALUES (1)")
        void insertUser();

        @SqlQuery("SELECT key FROM settings ORDER BY key")
        List<String> settings();
    }

    @Test
    void every_connection_has_the_promised_pragmas() throws Exception {
        try (var database = open()) {
            database.write(tx -> {
                assertPragmas(tx.dao(Probe.class));
                return null;
            });
            assertPragmas(database.reader(Probe.class));
        }
    }

    private static void assertPragmas(Probe probe) {
        assertThat(probe.journalMode()).isEqualTo("wal");
        assertThat(probe.synchronous()).as("FULL").isEqualTo(2);
        assertThat(probe.tempStore()).as("MEMORY").isEqualTo(2);
        assertThat(probe.busyTimeout()).isEqualTo(5000);
        assertThat(probe.foreignKeys()).isEqualTo(1);
    }

    @Test
    void the_page_caches_of_all_connections_together_stay_within_64_mib() throws Exception {
        try (var database = open()) {
            int writer = database.write(tx -> tx.dao(Probe.class).cacheSize());
            int reader = database.reader(Probe.class).cacheSize();

            assertThat(reader).as("counted in KiB, not in pages").isNegative();
            assertThat(-writer - reader * SqliteConnections.READERS).isBetween(48 * 1024, 64 * 1024);
        }
    }

    @Test
    void one_program_at_a_time_has_a_database_whatever_it_is_called() throws Exception {
        try (var database = open()) {
            var link = Files.createSymbolicLink(folder.resolve("link.db"), folder.resolve("test.db"));
            for (var name : List.of(folder.resolve("test.db"), folder.resolve("../" + folder.getFileName() + "/test.db"), link)) {
                assertThatThrownBy(() -> SqliteFiles.open(name, Synchronous.FULL, MigrationWork.NONE))
                        .hasMessage("another ollama-web uses this database");
            }
        }
        open().close();
    }

    @Test
    void a_reader_cannot_write() throws Exception {
        try (var database = open()) {
            assertThatThrownBy(() -> database.reader(Probe.class).insertUser()).isInstanceOf(StatementException.class);
        }
    }

    @Test
    void a_work_that_fails_is_undone_alone() throws Exception {
        try (var database = open()) {
            database.write(tx -> {
                tx.dao(Probe.class).insertUser();
                return null;
            });
            var arrived = new CountDownLatch(1);
            var unused = database.submit(tx -> await(arrived));
            var works = IntStream.range(0, 10).mapToObj(i -> insert(database, "k" + i, i % 2 == 0)).toList();
            arrived.countDown();

            for (int i = 0; i < works.size(); i++) {
                var work = works.get(i);
                if (i % 2 == 0) {
                    assertThatThrownBy(work::join).hasRootCauseMessage("k" + i);
                } else {
                    work.join();
                }
            }
            assertThat(database.reader(Probe.class).settings()).containsExactly("k1", "k3", "k5", "k7", "k9");
        }
    }

    private static CompletableFuture<Void> insert(Database database, String key, boolean fails) {
        return database.submit(tx -> {
            tx.dao(Probe.class).insertSetting(key);
            if (fails) {
                throw new IllegalArgumentException(key);
            }
            return null;
        });
    }

    @Test
    void a_write_that_was_acknowledged_is_on_disk() throws Exception {
        try (var database = open()) {
            database.write(tx -> {
                tx.dao(Probe.class).insertUser();
                tx.dao(Probe.class).insertSetting("kept");
                return null;
            });
            var copy = Files.createDirectory(folder.resolve("copy"));
            for (var name : List.of("test.db", "test.db-wal")) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
            try (var revived = SqliteFiles.open(copy.resolve("test.db"), Synchronous.FULL, MigrationWork.NONE)) {
                assertThat(revived.reader(Probe.class).settings()).containsExactly("kept");
            }
        }
    }

    @Test
    void a_write_inside_a_write_is_refused_rather_than_waiting_for_itself() throws Exception {
        try (var database = open()) {
            assertThatThrownBy(() -> database.write(tx -> database.write(inner -> null))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void a_closed_database_says_so() throws Exception {
        var database = open();
        database.close();

        assertThatThrownBy(() -> database.write(tx -> null)).isInstanceOf(DatabaseUnavailableException.class);
        assertThat(database.isAlive()).isFalse();
    }

    @Test
    void works_accepted_before_the_end_are_finished() throws Exception {
        var database = open();
        database.write(tx -> {
            tx.dao(Probe.class).insertUser();
            return null;
        });
        var works = IntStream.range(0, 50).mapToObj(i -> insert(database, "k" + i, false)).toList();
        database.close();

        works.forEach(CompletableFuture::join);
        try (var again = open()) {
            assertThat(again.reader(Probe.class).settings()).hasSize(50);
        }
    }

    @Test
    @Tag("strain")
    void while_another_program_holds_the_lock_a_write_is_unavailable_and_nothing_half_done() throws Exception {
        var ada = app.as("ada");
        try (var other = TestDatabase.connect(app.database())) {
            other.createStatement().execute("BEGIN IMMEDIATE");

            var answer = ada.post("/api/config/save", "{\"settings\":{\"a\":1,\"b\":2}}");

            assertThat(answer).isError(503, "The database is locked by another program, please try again");
            assertThat(answer).hasHeader("Retry-After", "1");
            assertThat(ada.get("/api/config/get")).as("reading goes on").isOk();
            other.createStatement().execute("ROLLBACK");
        }
        assertThat(ada.get("/api/config/get").json().path("settings").isEmpty()).isTrue();
        assertThat(ada.post("/api/config/save", "{\"settings\":{\"a\":1}}")).as("and writing afterwards").isOk();
    }

    @Test
    void a_file_that_cannot_be_trusted_is_not_opened() throws Exception {
        Files.writeString(folder.resolve("test.db"), "this is no database, whatever its name says".repeat(100));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("test.db");

        Files.writeString(folder.resolve("test.db"), "");
        Files.writeString(folder.resolve("test.db-wal"), "a log of what is no longer there");
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("test.db-wal");

        assertThatThrownBy(() -> SqliteFiles.open(folder, Synchronous.FULL, MigrationWork.NONE)).isInstanceOf(IOException.class);
    }

    private Database open() throws IOException {
        return SqliteFiles.open(folder.resolve("test.db"), Synchronous.FULL, MigrationWork.NONE);
    }

    private static Void await(CountDownLatch latch) {
        try {
            latch.await();
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
