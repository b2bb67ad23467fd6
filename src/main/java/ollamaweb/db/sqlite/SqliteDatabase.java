package ollamaweb.db.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseLoad;
import ollamaweb.db.DatabaseObserver;
import ollamaweb.db.Dialect;
import ollamaweb.db.StatementTimes;
import ollamaweb.db.Transaction;
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

    /** @param lock of the file, to be closed with it; null beside the program that holds it */
    SqliteDatabase(DatabaseLock lock, DatabaseFile file, SqliteConnections connections, Synchronous synchronous) {
        this.lock = lock;
        this.file = file;
        this.synchronous = synchronous;
        this.writer = new Writer(jdbi(Jdbi.create(connections::writing)), connections::requireInPlace);
        this.connections = connections;
        this.readers = connections.readers();
        this.reading = jdbi(Jdbi.create(readers)).setStatementBuilderFactory(new ReaderStatements());
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

    private static Jdbi jdbi(Jdbi jdbi) {
        return Dialect.SQLITE.on(jdbi)
                .registerArgument(new InstantArgument())
                .registerColumnMapper(new InstantMapper())
                .registerColumnMapper(String.class, new TextMapper());
    }
}
