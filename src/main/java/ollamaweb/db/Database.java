package ollamaweb.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The SQLite file: one connection that writes, a few that read, and the PRAGMAs that make it fast and safe. */
public final class Database implements AutoCloseable {

    private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());
    private static final int CACHE_KIB = 64 * 1024;
    private static final int BUSY_TIMEOUT_MS = 5000;

    private final Path file;
    private final Synchronous synchronous;
    private final HikariDataSource readers;
    private final Jdbi reading;
    private final Writer writer;

    /** What is flushed to disk before a write is acknowledged: FULL survives a power cut, NORMAL a killed process. */
    public enum Synchronous { FULL, NORMAL }

    private Database(Path file, Synchronous synchronous) throws SQLException {
        this.file = file;
        this.synchronous = synchronous;
        new Migrations(this::connect).up();
        this.writer = new Writer(jdbi(Jdbi.create(this::connect)));
        this.readers = pool(dataSource(file, synchronous, true));
        this.reading = jdbi(Jdbi.create(readers));
    }

    /**
     * Opens the file, made when it is missing, and brings its schema up to date.
     *
     * @throws IOException if the file cannot be opened, written or trusted; the message is fit for the console
     */
    public static Database open(Path file, Synchronous synchronous) throws IOException {
        prepare(file);
        try {
            return new Database(file, synchronous);
        } catch (SQLException | RuntimeException e) {
            throw new IOException("cannot open the database " + file + ": " + rootMessage(e), e);
        }
    }

    /** @return the migrations of the file, to be run by hand; the file is made when it is missing */
    public static Migrations migrations(Path file) throws IOException {
        prepare(file);
        return new Migrations(() -> dataSource(file, Synchronous.FULL, false).getConnection());
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
     * Runs the work in a transaction and returns once it is on disk. Works that arrive at the same time share one flush;
     * one that throws is undone alone.
     *
     * @throws DatabaseUnavailableException if the database could not take the write; nothing of it was kept
     */
    public <R> R write(Function<Transaction, R> work) {
        return writer.write(work);
    }

    /** As {@link #write}, for a caller that goes on meanwhile. */
    public <R> CompletableFuture<R> submit(Function<Transaction, R> work) {
        return writer.submit(work);
    }

    /** @return whether the database answers, and has its schema */
    public boolean isAlive() {
        try {
            return reading.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM changelog").mapTo(Integer.class).one()) > 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Finishes the writes that were accepted, then closes the file. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }

    private Connection connect() throws SQLException {
        return dataSource(file, synchronous, false).getConnection();
    }

    private static void prepare(Path file) throws IOException {
        var absolute = file.toAbsolutePath();
        var wal = absolute.resolveSibling(absolute.getFileName() + "-wal");
        if (Files.exists(absolute) && Files.size(absolute) == 0 && Files.exists(wal) && Files.size(wal) > 0) {
            throw new IOException("the database " + file + " is empty, but its log " + wal.getFileName()
                    + " is not: restore the file, or move the log away");
        }
        if (absolute.getParent() != null) {
            Files.createDirectories(absolute.getParent());
        }
        if (!Files.exists(absolute)) {
            createPrivate(absolute);
        }
        if (!Files.isWritable(absolute) || Files.isDirectory(absolute)) {
            throw new IOException("cannot write the database " + file);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException notPosix) {
            Files.createFile(file);
        }
    }

    private static SQLiteDataSource dataSource(Path file, Synchronous synchronous, boolean readOnly) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(synchronous.name()));
        config.setCacheSize(-CACHE_KIB);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(readOnly ? SQLiteConfig.TransactionMode.DEFERRED : SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setExplicitReadOnly(false);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
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

    private static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
