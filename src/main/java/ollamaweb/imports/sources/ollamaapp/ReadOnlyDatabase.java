package ollamaweb.imports.sources.ollamaapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteLimits;

/** An SQLite file from elsewhere. Nothing in it is trusted or run: only ordinary columns of ordinary tables are read. */
final class ReadOnlyDatabase implements AutoCloseable {

    /** More than a message or a file may have. */
    static final int LONGEST_VALUE = 32 << 20;

    private static final int CACHE_KIB = 2048;
    /** In instructions of SQLite's machine, of which a row takes some dozens; pages that lead to each other never end. */
    private static final int LOOK_AFTER = 1_000_000;
    private static final int MOST_LOOKS = 2000;
    private static final int WRITE_VERSION_AT = 18;
    private static final int WAL = 2;

    private final Path path;
    private final Connection connection;

    private ReadOnlyDatabase(Path path, Connection connection) {
        this.path = path;
        this.connection = connection;
    }

    static ReadOnlyDatabase open(Path path) throws SQLException {
        var config = new SQLiteConfig();
        config.setCacheSize(-CACHE_KIB);
        config.setTempStore(SQLiteConfig.TempStore.FILE);
        config.setReadOnly(true);
        var source = new SQLiteDataSource(config);
        // Immutable: no lock, no journal and no log beside it is looked for.
        source.setUrl("jdbc:sqlite:" + path.toAbsolutePath().toUri() + "?mode=ro&immutable=1");
        var connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            connection.unwrap(SQLiteConnection.class).setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_VALUE);
            ProgressHandler.setHandler(connection, LOOK_AFTER, new ProgressHandler() {

                private int looks;

                @Override
                protected int progress() {
                    return ++looks > MOST_LOOKS ? 1 : 0;
                }
            });
            return new ReadOnlyDatabase(path, connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    Connection connection() {
        return connection;
    }

    /** @return whether there is an ordinary table that has these columns */
    boolean has(String table, String... columns) throws SQLException {
        return columns(table).containsAll(Set.of(columns));
    }

    /** @return the columns of a table that are neither hidden nor computed; none where it is a view or a virtual table */
    Set<String> columns(String table) throws SQLException {
        var columns = new HashSet<String>();
        try (var query = connection.prepareStatement("""
                SELECT c.name
                  FROM sqlite_master m
                  JOIN pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.rootpage > 0 AND m.name = ?""")) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        return columns;
    }

    /** @return a list of these columns for a SELECT, in which NULL stands for those that there are not and for values that are too long */
    static String select(Set<String> columns, List<String> wanted) {
        return String.join(", ", wanted.stream()
                .map(name -> columns.contains(name)
                        ? "CASE WHEN octet_length(" + name + ") <= " + LONGEST_VALUE / 2 + " THEN " + name + " END AS " + name
                        : "NULL AS " + name)
                .toList());
    }

    /** @return whether what was written last may be in a file beside this one */
    boolean hasLog() throws IOException {
        try (var in = Files.newInputStream(path)) {
            in.skipNBytes(WRITE_VERSION_AT);
            return in.read() == WAL;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
