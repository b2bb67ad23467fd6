package ollamaweb.db.sqlite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.DatabaseObserver;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Transaction;
import ollamaweb.db.sqlite.WorkQueue.Lane;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The one thread that writes. What waits in its queue is committed together, so that a hundred answers that end at once
 * cost one flush to disk, but never so much of it that others wait for long; each work has a savepoint of its own, so
 * that one that fails takes no other along.
 */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_AT_ONCE = 500;

    /** After so long a batch takes nothing more, and is committed. */
    private static final long BATCH_NANOS = Duration.ofMillis(20).toNanos();

    private record Work<R>(Function<Transaction, R> function, CompletableFuture<R> result) {
        /** @return how to tell the caller, once the commit has held */
        Runnable run(Transaction transaction) {
            R value = function.apply(transaction);
            return () -> result.complete(value);
        }
    }

    private final WorkQueue<Work<?>> queue = new WorkQueue<>();
    private final List<Work<?>> batch = new ArrayList<>();
    private final Handle handle;
    private final Runnable beforeCommit;
    private final Thread thread;
    private volatile Runnable afterCommit = () -> {};
    private volatile DatabaseObserver observer = DatabaseObserver.NONE;

    /** @param beforeCommit throws if nothing may be written now; then the transaction is undone, and all in it are told */
    Writer(Jdbi jdbi, Runnable beforeCommit) {
        this.handle = jdbi.open();
        handle.setStatementBuilder(new StatementCache());
        this.beforeCommit = beforeCommit;
        this.thread = Threads.daemon("database-writer", this::live);
        thread.start();
    }

    /** @param task to be run by the writer after each commit; it has to be quick */
    void afterCommit(Runnable task) {
        var before = afterCommit;
        afterCommit = () -> {
            before.run();
            task.run();
        };
    }

    /** @param heard what is told from now on how long each write took that somebody waited for */
    void observe(DatabaseObserver heard) {
        observer = heard;
    }

    /** @return how many writes wait for their turn */
    int waiting() {
        return queue.size();
    }

    /** @return whether there is somebody to write */
    boolean isAlive() {
        return thread.isAlive();
    }

    <R> R write(Lane lane, Function<Transaction, R> work) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("A write inside a write would wait for itself");
        }
        long begun = System.nanoTime();
        try {
            return submit(lane, work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } finally {
            observer.hasWritten(System.nanoTime() - begun);
        }
    }

    <R> CompletableFuture<R> submit(Lane lane, Function<Transaction, R> function) {
        var work = new Work<>(function, new CompletableFuture<R>());
        try {
            if (!queue.offer(lane, work)) {
                throw new DatabaseUnavailableException("Too many writes are waiting, please try again", null);
            }
        } catch (DatabaseUnavailableException e) {
            work.result.completeExceptionally(e);
        }
        return work.result;
    }

    @Override
    public void close() {
        queue.close();
        Threads.awaitEnd(thread);
    }

    /** However it ends, nobody waits for it in vain. */
    private void live() {
        try {
            run();
        } catch (RuntimeException | Error e) {
            log.error("The database's writer failed", e);
        } finally {
            if (!queue.isClosed()) {
                log.error("The database's writer has ended; nothing can be saved until the server is started again");
            }
            queue.close();
            batch.forEach(work -> work.result.completeExceptionally(closed()));
            for (Work<?> work; (work = queue.next()) != null;) {
                work.result.completeExceptionally(closed());
            }
        }
    }

    private void run() {
        try (handle) {
            var transaction = new Transaction(handle);
            for (Work<?> first; (first = queue.take()) != null;) {
                commitTogether(transaction, first);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitTogether(Transaction transaction, Work<?> first) {
        var acknowledgements = new ArrayList<Runnable>();
        batch.clear();
        batch.add(first);
        try {
            handle.begin();
            long begun = System.nanoTime();
            for (Work<?> work = first; work != null; work = another(begun)) {
                runAlone(handle, transaction, work, acknowledgements);
            }
            beforeCommit.run();
            handle.commit();
        } catch (RuntimeException | Error e) {
            undo(handle);
            batch.forEach(work -> work.result.completeExceptionally(explained(e)));
            return;
        }
        acknowledgements.forEach(Runnable::run);
        afterCommit.run();
    }

    /** @return what still goes with the batch, or null when it is full or nothing waits */
    private Work<?> another(long begun) {
        if (batch.size() == MOST_AT_ONCE || System.nanoTime() - begun > BATCH_NANOS) {
            return null;
        }
        var next = queue.poll();
        if (next != null) {
            batch.add(next);
        }
        return next;
    }

    private static void runAlone(Handle handle, Transaction transaction, Work<?> work, List<Runnable> acknowledgements) {
        handle.savepoint("work");
        try {
            acknowledgements.add(work.run(transaction));
            handle.releaseSavepoint("work");
        } catch (RuntimeException | Error e) {
            handle.rollbackToSavepoint("work");
            acknowledgements.add(() -> work.result.completeExceptionally(explained(e)));
        }
    }

    private static DatabaseUnavailableException closed() {
        return new DatabaseUnavailableException("The database is closed", null);
    }

    private static void undo(Handle handle) {
        try {
            handle.rollback();
        } catch (RuntimeException alreadyUndone) {
            // SQLite rolls back by itself when the disk is full; there is nothing left to undo.
        }
    }

    /** What the caller can do something about gets a name of its own. */
    private static Throwable explained(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                var message = unavailability(sqlite.getResultCode());
                return message == null ? e : new DatabaseUnavailableException(message, e);
            }
        }
        return e;
    }

    private static String unavailability(SQLiteErrorCode code) {
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> "The database is locked by another program, please try again";
            case SQLITE_FULL -> "The disk is full, nothing was saved";
            case SQLITE_IOERR, SQLITE_READONLY, SQLITE_CANTOPEN -> "The database cannot be written, nothing was saved";
            default -> null;
        };
    }
}
