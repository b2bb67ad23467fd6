package ollamaweb.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import ollamaweb.db.WorkQueue.Lane;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** The SQLite file: one connection that writes, a few that read, and the PRAGMAs that make it fast and safe. */
public final class Database implements AutoCloseable {

    static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());
    /** The page caches of all connections together: 64 MiB, half of it for the one that writes. */
    private static final int WRITER_CACHE_KIB = 32 * 1024;
    private static final int READER_CACHE_KIB = 32 * 1024 / READERS;
    private static final int BUSY_TIMEOUT_MS = 5000;

    private final DatabaseLock lock;
    private final DatabaseFile file;
    private final Synchronous synchronous;
    private final HikariDataSource readers;
    private final Jdbi reading;
    private final Writer writer;

    /** What is flushed to disk before a write is acknowledged: FULL survives a power cut, NORMAL a killed process. */
    public enum Synchronous {
        FULL, NORMAL
    }

    private Database(DatabaseLock lock, DatabaseFile file, Synchronous synchronous) throws IOException, SQLException {
        this.lock = lock;
        this.file = file;
        this.synchronous = synchronous;
        try (var connection = connect()) {
            file.remember();
            DamageCheck.of(file, connection);
            requireContentBesideSecrets(connection);
        }
        new Migrations(this::connect).up();
        this.writer = new Writer(jdbi(Jdbi.create(this::connect)), this::requireInPlace);
        this.readers = pool(new ReadersInPlace());
        this.reading = jdbi(Jdbi.create(readers));
    }

    /**
     * Takes the file for this process alone, makes it when it is missing, and brings its schema up to date.
     *
     * @throws IOException if another program has it, or it cannot be opened, written or trusted; the message is fit for
     *                     the console
     */
    public static Database open(Path path, Synchronous synchronous) throws IOException {
        var lock = DatabaseLock.take(path);
        try {
            return new Database(lock, DatabaseFile.prepare(path), synchronous);
        } catch (Migrations.NewerSchemaException e) {
            lock.close();
            throw newer(path, e);
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw DamageCheck.isDamage(e)
                    ? DamageCheck.damaged(path, rootMessage(e))
                    : new IOException("cannot open the database " + path + ": " + rootMessage(e), e);
        } catch (IOException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** Work on the schema. */
    public interface MigrationWork {
        void on(Migrations migrations) throws SQLException;
    }

    /**
     * Has the file migrated by hand, made when it is missing, while no server can use it.
     *
     * @throws IOException if another program has it, or it cannot be opened or written
     */
    public static void migrate(Path path, MigrationWork work) throws IOException, SQLException {
        try (var lock = DatabaseLock.take(path)) {
            work.on(migrations(path));
        } catch (Migrations.NewerSchemaException e) {
            throw newer(path, e);
        }
    }

    /** @return the migrations of the file, which is made when it is missing; nothing keeps other programs off it meanwhile */
    public static Migrations migrations(Path path) throws IOException {
        var file = DatabaseFile.prepare(path);
        return new Migrations(() -> dataSource(file.path(), Synchronous.FULL, WRITER_CACHE_KIB, false).getConnection());
    }

    /** @return a DAO whose every call reads on a connection of its own; it cannot write */
    public <D> D reader(Class<D> dao) {
        return reading.onDemand(dao);
    }

    /** @return what the work read, all from one state of the database */
    public <R> R read(Function<Transaction, R> work) {
        return reading.inTransaction(handle -> work.apply(new Transaction(handle)));
    }

    /**
     * Runs the work of a request in a transaction and returns once it is on disk. Works that arrive at the same time
     * share one flush; one that throws is undone alone. It has to be short: what is large goes in {@link #step steps}.
     *
     * @throws DatabaseUnavailableException if the database could not take the write, or too many are waiting; nothing
     *                                      of it was kept
     */
    public <R> R write(Function<Transaction, R> work) {
        return writer.write(Lane.REQUESTS, work);
    }

    /** As {@link #write}, for what the server itself has to save; it has room however many requests are waiting. */
    public <R> R save(Function<Transaction, R> work) {
        return writer.write(Lane.SAVES, work);
    }

    /** As {@link #save}, for a caller that goes on meanwhile. */
    public <R> CompletableFuture<R> submit(Function<Transaction, R> work) {
        return writer.submit(Lane.SAVES, work);
    }

    /**
     * As {@link #write}, for one step of a large write, a few milliseconds long. It lets other writes go first, and it
     * is on disk by itself: what others may see of the steps before it is up to the caller.
     */
    public <R> R step(Function<Transaction, R> work) {
        return writer.write(Lane.STEPS, work);
    }

    /** @param task to be run after each commit, by the thread that writes; it has to be quick */
    void afterCommit(Runnable task) {
        writer.afterCommit(task);
    }

    /** @return whether the database answers, has its schema, and can be written: its file is in place, its writer at work */
    public boolean isAlive() {
        try {
            return writer.isAlive() && file.isInPlace()
                    && reading.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM changelog").mapTo(Integer.class).one()) > 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** @return what keeps the data, for the log: SQLite's version and the modes that decide what survives */
    public String description() {
        return reading.withHandle(handle -> handle.createQuery("""
                SELECT 'SQLite ' || sqlite_version() || ', journal mode ' || journal_mode FROM pragma_journal_mode""")
                .mapTo(String.class).one()) + ", synchronous " + synchronous;
    }

    /** Finishes the writes that were accepted, closes the file, and leaves it to others. */
    @Override
    public void close() {
        try {
            writer.close();
            readers.close();
        } finally {
            lock.close();
        }
    }

    private Connection connect() throws SQLException {
        return dataSource(file.path(), synchronous, WRITER_CACHE_KIB, false).getConnection();
    }

    /** Whoever lost the data still has the secrets, and is told, rather than given an empty server. */
    private void requireContentBesideSecrets(Connection connection) throws IOException, SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM sqlite_schema)")) {
            if (!found.getBoolean(1)) {
                file.requireNoSecrets();
            }
        }
    }

    private void requireInPlace() {
        if (!file.isInPlace()) {
            throw new DatabaseUnavailableException("The database file was moved away or replaced, nothing was saved", null);
        }
    }

    private static SQLiteDataSource dataSource(Path file, Synchronous synchronous, int cacheKib, boolean readOnly) {
        var source = new SQLiteDataSource(config(synchronous, cacheKib, readOnly));
        source.setUrl(url(file));
        return source;
    }

    private static SQLiteConfig config(Synchronous synchronous, int cacheKib, boolean readOnly) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(synchronous.name()));
        config.setCacheSize(-cacheKib);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(readOnly ? SQLiteConfig.TransactionMode.DEFERRED : SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setExplicitReadOnly(false);
        return config;
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    /** Opens no reader on a file that came in the place of the one that is written: SQLite would mix it with the other's log. */
    private final class ReadersInPlace extends SQLiteDataSource {

        ReadersInPlace() {
            super(config(synchronous, READER_CACHE_KIB, true));
            setUrl(url(file.path()));
        }

        @Override
        public SQLiteConnection getConnection(String user, String password) throws SQLException {
            requireInPlace();
            return super.getConnection(user, password);
        }
    }

    private static HikariDataSource pool(SQLiteDataSource source) {
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("readers");
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionInitSql("PRAGMA query_only = ON");
        config.setConnectionTestQuery(null);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static Jdbi jdbi(Jdbi jdbi) {
        return jdbi.installPlugin(new SqlObjectPlugin())
                .registerArgument(new InstantArgument())
                .registerColumnMapper(new InstantMapper());
    }

    private static IOException newer(Path path, Migrations.NewerSchemaException e) {
        return new IOException("the database " + path + " " + e.getMessage(), e);
    }

    private static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
