package ollamaweb.db.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import ollamaweb.db.DatabaseUnavailableException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** The connections to one file, with the PRAGMAs that make it fast and safe. */
final class SqliteConnections {

    static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());
    /** The page caches of all connections together: 64 MiB, half of it for the one that writes. */
    private static final int WRITER_CACHE_KIB = 32 * 1024;
    private static final int READER_CACHE_KIB = 32 * 1024 / READERS;
    private static final int BUSY_TIMEOUT_MS = 5000;
    private static final String READING = "PRAGMA query_only = ON";

    private final DatabaseFile file;
    private final Synchronous synchronous;

    SqliteConnections(DatabaseFile file, Synchronous synchronous) {
        this.file = file;
        this.synchronous = synchronous;
    }

    /** @return a connection that writes, to be closed by the caller */
    Connection writing() throws SQLException {
        return connect(config(WRITER_CACHE_KIB, false));
    }

    /**
     * A statement that rewrites a table keeps what it would need to be undone; of a large table that is too much for the
     * memory.
     *
     * @return a connection that writes and keeps what is temporary in files, to be closed by the caller
     */
    Connection migrating() throws SQLException {
        var config = config(WRITER_CACHE_KIB, false);
        config.setTempStore(SQLiteConfig.TempStore.FILE);
        return connect(config);
    }

    /** @return a connection that cannot write, to be closed by the caller */
    Connection reading() throws SQLException {
        var connection = connect(config(READER_CACHE_KIB, true));
        try (var statement = connection.createStatement()) {
            statement.execute(READING);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private Connection connect(SQLiteConfig config) throws SQLException {
        var source = new SQLiteDataSource(config);
        source.setUrl(url());
        return taught(source.getConnection());
    }

    private static <C extends Connection> C taught(C connection) throws SQLException {
        try {
            TextFunctions.addTo(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** @return a pool of connections that cannot write, to be closed by the caller */
    HikariDataSource readers() {
        var config = new HikariConfig();
        config.setDataSource(new ReadersInPlace());
        config.setPoolName("readers");
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionInitSql(READING);
        config.setConnectionTestQuery(null);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** @throws DatabaseUnavailableException if another file, or none, has the name of the one that was opened */
    void requireInPlace() {
        if (!file.isInPlace()) {
            throw new DatabaseUnavailableException("The database file was moved away or replaced, nothing was saved", null);
        }
    }

    private String url() {
        return "jdbc:sqlite:" + file.path().toAbsolutePath();
    }

    private SQLiteConfig config(int cacheKib, boolean readOnly) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(synchronous.name()));
        config.setCacheSize(-cacheKib);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        // What goes within a page is overwritten; whole pages are once they leave the file.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "fast");
        config.enforceForeignKeys(true);
        config.setTransactionMode(readOnly ? SQLiteConfig.TransactionMode.DEFERRED : SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setExplicitReadOnly(false);
        return config;
    }

    /** Opens no reader on a file that came in the place of the one that is written: SQLite would mix it with the other's log. */
    private final class ReadersInPlace extends SQLiteDataSource {

        ReadersInPlace() {
            super(config(READER_CACHE_KIB, true));
            setUrl(url());
        }

        @Override
        public SQLiteConnection getConnection(String user, String password) throws SQLException {
            requireInPlace();
            return taught(super.getConnection(user, password));
        }
    }
}
