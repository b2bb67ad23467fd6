package ollamaweb.db.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseLoad;
import ollamaweb.db.DatabaseObserver;
import ollamaweb.db.Dialect;
import ollamaweb.db.Migrations;
import ollamaweb.db.StatementTimes;
import ollamaweb.db.Transaction;
import ollamaweb.db.UnfinishedTransfer;
import ollamaweb.db.sqlite.WorkQueue.Lane;
import org.jdbi.v3.core.Jdbi;

/**
 * An SQLite file: one connection that writes, a few that read. Works that arrive at the same time share one flush; one
 * that throws is undone alone.
 */
public final class SqliteDatabase implements Database {

    /** Null beside the program that holds it. */
    private final DatabaseLock lock;
    private final SqliteConnections connections;
    private final DatabaseFile file;
    private final Synchronous synchronous;
    private final HikariDataSource readers;
    private final Jdbi reading;
    private final Writer writer;

    private SqliteDatabase(DatabaseLock lock, DatabaseFile file, Synchronous synchronous) throws IOException, SQLException {
        this.lock = lock;
        this.file = file;
        this.synchronous = synchronous;
        this.connections = new SqliteConnections(file, synchronous);
        try (var connection = connections.writing()) {
            file.remember();
            DamageCheck.of(file, connection);
            requireContentBesideSecrets(connection);
            UnfinishedTransfer.refuse(connection);
        }
        migrations(connections).up();
        this.writer = new Writer(jdbi(Jdbi.create(connections::writing)), connections::requireInPlace);
        this.readers = connections.readers();
        this.reading = jdbi(Jdbi.create(readers)).setStatementBuilderFactory(new ReaderStatements());
    }

    /** Beside the program that has the file. */
    private SqliteDatabase(DatabaseFile file, Synchronous synchronous) throws IOException {
        this.lock = null;
        this.file = file;
        this.synchronous = synchronous;
        this.connections = new SqliteConnections(file, synchronous);
        file.remember();
        this.writer = new Writer(jdbi(Jdbi.create(connections::writing)), connections::requireInPlace);
        this.readers = connections.readers();
        this.reading = jdbi(Jdbi.create(readers)).setStatementBuilderFactory(new ReaderStatements());
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
            return new SqliteDatabase(lock, DatabaseFile.prepare(path), synchronous);
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

    /**
     * Opens the file of a server that goes on using it: both write, one after the other.
     *
     * @throws IOException if there is none, or its schema is not the one of this program; the message is fit for the console
     */
    static Database openBeside(Path path, Synchronous synchronous) throws IOException {
        var file = DatabaseFile.existing(path);
        try {
            if (migrations(new SqliteConnections(file, synchronous)).isBehind()) {
                throw new IOException("the server that uses the database " + path + " has an older version; stop it first");
            }
            return new SqliteDatabase(file, synchronous);
        } catch (Migrations.NewerSchemaException e) {
            throw newer(path, e);
        } catch (SQLException e) {
            throw new IOException("cannot open the database " + path + ": " + rootMessage(e), e);
        }
    }

    /** @return the migrations of the file, which is made when it is missing; nothing keeps other programs off it meanwhile */
    public static Migrations migrations(Path path) throws IOException {
        return migrations(new SqliteConnections(DatabaseFile.prepare(path), Synchronous.FULL));
    }

    private static Migrations migrations(SqliteConnections connections) {
        return new Migrations(() -> {
            var connection = connections.migrating();
            FreeSpace.prepare(connection);
            return connection;
        }, Dialect.SQLITE);
    }

    @Override
    public <D> D reader(Class<D> dao) {
        return reading.onDemand(dao);
    }

    @Override
    public <R> R read(Function<Transaction, R> work) {
        return reading.inTransaction(handle -> work.apply(new Transaction(handle)));
    }

    @Override
    public <R> R write(Function<Transaction, R> work) {
        return writer.write(Lane.REQUESTS, work);
    }

    /** Here all writes go one after the other. */
    @Override
    public <R> R write(long userId, Function<Transaction, R> work) {
        return write(work);
    }

    @Override
    public <R> R save(Function<Transaction, R> work) {
        return writer.write(Lane.SAVES, work);
    }

    @Override
    public <R> CompletableFuture<R> submit(Function<Transaction, R> work) {
        return writer.submit(Lane.SAVES, work);
    }

    @Override
    public <R> R step(Function<Transaction, R> work) {
        return writer.write(Lane.STEPS, work);
    }

    @Override
    public <R> Optional<R> stepAlone(Function<Transaction, R> work) {
        return Optional.ofNullable(step(work));
    }

    @Override
    public void reclaim(BooleanSupplier stops) {
        boolean more = true;
        while (more && !stops.getAsBoolean()) {
            more = step(FreeSpace::takeSome);
        }
        FreeSpace.cutLog(connections::writing, stops);
    }

    @Override
    public void afterCommit(Runnable task) {
        writer.afterCommit(task);
    }

    /** Its file has to be in place, too, and its writer at work. */
    @Override
    public boolean isAlive() {
        try {
            return writer.isAlive() && file.isInPlace()
                    && reading.withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM changelog").mapTo(Integer.class).one()) > 0;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Override
    public DatabaseLoad load() {
        var pool = readers.getHikariPoolMXBean();
        return new DatabaseLoad(pool.getActiveConnections(), pool.getIdleConnections(), pool.getThreadsAwaitingConnection(),
                readers.getMaximumPoolSize(), writer.waiting());
    }

    @Override
    public void observe(DatabaseObserver observer) {
        writer.observe(observer);
        reading.setSqlLogger(new StatementTimes(observer));
    }

    /** Its lock keeps other servers off, and who is beside one knows that there is one. */
    @Override
    public boolean isShared() {
        return lock == null;
    }

    @Override
    public String identity() {
        return "sqlite";
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public String description() {
        return reading.withHandle(handle -> handle.createQuery("""
                SELECT 'SQLite ' || sqlite_version() || ', journal mode ' || journal_mode FROM pragma_journal_mode""")
                .mapTo(String.class).one()) + ", synchronous " + synchronous;
    }

    @Override
    public void close() {
        try {
            writer.close();
            readers.close();
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    static IOException newer(Path path, Migrations.NewerSchemaException e) {
        return new IOException("the database " + path + " " + e.getMessage(), e);
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

    private static Jdbi jdbi(Jdbi jdbi) {
        return Dialect.SQLITE.on(jdbi)
                .registerArgument(new InstantArgument())
                .registerColumnMapper(new InstantMapper())
                .registerColumnMapper(String.class, new TextMapper());
    }

    private static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
