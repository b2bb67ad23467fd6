package ollamaweb.db.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.Database;
import ollamaweb.db.DatabaseLoad;
import ollamaweb.db.DatabaseObserver;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Dialect;
import ollamaweb.db.StatementTimes;
import ollamaweb.db.Transaction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A PostgreSQL database: ordinary transactions on a pool of connections, some of which only read. While it is away, the
 * writes of requests are refused, and what the server itself has to save waits for a while.
 */
final class PostgresDatabase implements Database {

    /** The first of the two numbers of an account's lock; the second is the account's. */
    private static final int ACCOUNT_LOCKS = 0x6f6c;
    /** The lock of whoever works in steps. */
    private static final long STEP_LOCK = 0x6f6c6c616d63L;
    /** How long the end of an answer waits for a database that is away before its followers hear of it. */
    private static final Duration SAVE_PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final PostgresConnections connections;
    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final Jdbi reading;
    private final Transactions writing;
    private final WriteLimits limits;
    private final SaveQueue saves;
    private volatile Runnable afterCommit = () -> {};
    private volatile DatabaseObserver observer = DatabaseObserver.NONE;
    private volatile boolean closing;

    /** @param poolSize how many connections there are at most */
    PostgresDatabase(PostgresConnections connections, int poolSize) {
        this.connections = connections;
        int writerCount = poolSize - poolSize / 2;
        this.readers = connections.readers(poolSize / 2);
        this.writers = connections.writers(writerCount);
        this.reading = jdbi(Jdbi.create(readers));
        this.writing = new Transactions(jdbi(Jdbi.create(writers)), () -> afterCommit.run());
        this.limits = new WriteLimits(writerCount - 1);
        this.saves = new SaveQueue(writing);
    }

    @Override
    public <D> D reader(Class<D> dao) {
        var asking = reading.onDemand(dao);
        return dao.cast(Proxy.newProxyInstance(dao.getClassLoader(), new Class<?>[] {dao}, (proxy, method, arguments) -> {
            method.setAccessible(true); // most DAOs are for their own package only
            try {
                return method.invoke(asking, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof RuntimeException cause ? PostgresErrors.explained(cause) : e.getCause();
            }
        }));
    }

    @Override
    public <R> R read(Function<Transaction, R> work) {
        try {
            return reading.inTransaction(handle -> work.apply(new Transaction(handle)));
        } catch (RuntimeException e) {
            throw PostgresErrors.explained(e);
        }
    }

    @Override
    public <R> R write(Function<Transaction, R> work) {
        return timed(() -> limits.request(() -> writing.run(handle -> work.apply(new Transaction(handle)))));
    }

    /** The lock comes before all else: each statement then sees what others committed under it. */
    @Override
    public <R> R write(long userId, Function<Transaction, R> work) {
        return timed(() -> limits.requestOf(userId, () -> writing.run(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(?, ?)", ACCOUNT_LOCKS, Long.hashCode(userId));
            return work.apply(new Transaction(handle));
        })));
    }

    @Override
    public <R> R save(Function<Transaction, R> work) {
        long deadline = System.nanoTime() + SAVE_PATIENCE.toNanos();
        while (true) {
            try {
                return timed(() -> writing.run(handle -> work.apply(new Transaction(handle))));
            } catch (DatabaseUnavailableException e) {
                if (closing || Thread.currentThread().isInterrupted() || System.nanoTime() > deadline) {
                    throw e;
                }
                Threads.pause(PAUSE);
            }
        }
    }

    @Override
    public <R> CompletableFuture<R> submit(Function<Transaction, R> work) {
        return saves.submit(work);
    }

    @Override
    public <R> R step(Function<Transaction, R> work) {
        return write(work);
    }

    @Override
    public <R> Optional<R> stepAlone(Function<Transaction, R> work) {
        return limits.request(() -> writing.run(handle -> {
            boolean isAlone =
                    handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)").bind("lock", STEP_LOCK).mapTo(Boolean.class).one();
            return isAlone ? Optional.ofNullable(work.apply(new Transaction(handle))) : Optional.<R>empty();
        }));
    }

    /** Room is free for what comes next; when the bytes in it are overwritten, and those in its log, is PostgreSQL's business. */
    @Override
    public void reclaim(BooleanSupplier stops) {
        try (var connection = connections.transferring(); var statement = connection.createStatement()) {
            statement.execute("VACUUM (SKIP_LOCKED) conversations, messages, message_parts, thinking_parts, search_texts, search_queue");
        } catch (SQLException e) {
            throw new DatabaseUnavailableException("The room of what was deleted could not be given back", e);
        }
    }

    @Override
    public void afterCommit(Runnable task) {
        var before = afterCommit;
        afterCommit = () -> {
            before.run();
            task.run();
        };
    }

    @Override
    public boolean isAlive() {
        return saves.isAlive() && holds(() -> reading.withHandle(handle -> number(handle, """
                SELECT COUNT(*) FROM changelog WHERE NOT pg_is_in_recovery()""") > 0));
    }

    @Override
    public DatabaseLoad load() {
        var reader = readers.getHikariPoolMXBean();
        var writer = writers.getHikariPoolMXBean();
        return new DatabaseLoad(reader.getActiveConnections() + writer.getActiveConnections(),
                reader.getIdleConnections() + writer.getIdleConnections(),
                reader.getThreadsAwaitingConnection() + writer.getThreadsAwaitingConnection(),
                readers.getMaximumPoolSize() + writers.getMaximumPoolSize(), limits.waiting() + saves.waiting());
    }

    @Override
    public void observe(DatabaseObserver heard) {
        observer = heard;
        reading.setSqlLogger(new StatementTimes(heard));
    }

    private <R> R timed(Supplier<R> write) {
        long begun = System.nanoTime();
        try {
            return write.get();
        } finally {
            observer.hasWritten(System.nanoTime() - begun);
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    /** A copy made by a dump has another one, too. */
    @Override
    public String identity() {
        return reading.withHandle(handle -> handle.createQuery("""
                SELECT system_identifier || '-' || pg_database.oid
                  FROM pg_control_system(), pg_database
                 WHERE datname = current_database()""").mapTo(String.class).one());
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public String description() {
        return reading
                .withHandle(handle -> handle
                        .createQuery(
                                """
                SELECT 'PostgreSQL ' || current_setting('server_version') || ', synchronous_commit ' || current_setting('synchronous_commit')""")
                        .mapTo(String.class).one())
                + ", " + (readers.getMaximumPoolSize() + writers.getMaximumPoolSize()) + " connections at most";
    }

    @Override
    public void close() {
        closing = true;
        saves.close();
        writers.close();
        readers.close();
    }

    private static boolean holds(Supplier<Boolean> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static long number(Handle handle, String query) {
        return handle.createQuery(query).mapTo(Long.class).one();
    }

    private static Jdbi jdbi(Jdbi jdbi) {
        return Dialect.POSTGRESQL.on(jdbi)
                .registerArgument(new InstantArgument())
                .registerColumnMapper(new InstantMapper());
    }
}
