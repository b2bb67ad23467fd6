package ollamaweb.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import ollamaweb.db.Migrations;
import ollamaweb.db.Secrets;
import ollamaweb.db.sqlite.SqliteStorage;
import ollamaweb.db.sqlite.Synchronous;

/**
 * The database of a test's server: an SQLite file or, with {@code -Ddatabase=postgresql}, a database on a PostgreSQL. Tests
 * know it by the path that the file has or would have.
 */
public final class TestDatabase {

    private static final Map<Path, String> POSTGRES = new ConcurrentHashMap<>();

    /** What a file looks like after all migrations, which take longer than most tests. */
    private static final class Migrated {

        static final byte[] FILE = make();

        private static byte[] make() {
            try {
                var file = Files.createTempDirectory("ollama-web-migrated").resolve("test.db");
                new SqliteStorage(file, Synchronous.NORMAL, new Secrets(null, null)).migrate(Migrations::up);
                return Files.readAllBytes(file);
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private TestDatabase() {}

    /** @return whether servers of tests keep their data in PostgreSQL */
    public static boolean isPostgres() {
        return "postgresql".equals(System.getProperty("database"));
    }

    /** @return whether they keep it in SQLite's file */
    public static boolean isSqlite() {
        return !isPostgres();
    }

    /** @return the table that has a row for each message that can be found */
    public static String searchTable() {
        return isPostgres() ? "search_texts" : "search_entries";
    }

    /** Makes one, with the schema in it. */
    static void create(Path file) throws IOException {
        if (isPostgres()) {
            POSTGRES.put(file, PostgresServer.newDatabase());
        } else {
            Files.write(file, Migrated.FILE);
        }
    }

    static void drop(Path file) {
        var url = POSTGRES.remove(file);
        if (url != null) {
            PostgresServer.drop(url);
        }
    }

    /** @return what {@code DATABASE_URL} has to be */
    public static String url(Path file) {
        return POSTGRES.getOrDefault(file, "jdbc:sqlite:" + file);
    }

    /** Keeps the server from writing settings and accounts until the connection is closed, as another program could. */
    public static void lock(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(isPostgres() ? "BEGIN; LOCK TABLE users, settings IN EXCLUSIVE MODE" : "BEGIN IMMEDIATE");
        }
    }

    /** @return a connection past the server, as another program would have it, to be closed by the caller */
    public static Connection connect(Path file) throws SQLException {
        var url = POSTGRES.get(file);
        return url == null ? DriverManager.getConnection("jdbc:sqlite:" + file) : PostgresServer.connect(url);
    }
}
