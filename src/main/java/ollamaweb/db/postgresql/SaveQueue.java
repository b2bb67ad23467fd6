package ollamaweb.db.postgresql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.DatabaseUnavailableException;
import ollamaweb.db.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server saves beside everything else, in the order in which it came: the growing texts of many answers in one
 * commit. While the database is away, it is kept and tried again.
 */
final class SaveQueue implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SaveQueue.class);
    private static final int CAPACITY = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Save<R>(Function<Transaction, R> work, CompletableFuture<R> result) {

        /** @return how to tell the caller, once the commit has held */
        Runnable run(Transaction transaction) {
            R value = work.apply(transaction);
            return () -> result.complete(value);
        }
    }

    private final BlockingQueue<Save<?>> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Transactions transactions;
    private final Thread thread = Threads.daemon("database-saver", this::live);
    private volatile boolean closing;

    SaveQueue(Transactions transactions) {
        this.transactions = transactions;
        thread.start();
    }

    <R> CompletableFuture<R> submit(Function<Transaction, R> work) {
        var save = new Save<>(work, new CompletableFuture<R>());
        if (closing || !queue.offer(save)) {
            save.result.completeExceptionally(new DatabaseUnavailableException(
                    closing ? "The database is closed" : "Too many writes are waiting, please try again", null));
        }
        return save.result;
    }

    /** @return how many saves wait */
    int waiting() {
        return queue.size();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Saves what was accepted, if the database takes it. */
    @Override
    public void close() {
        closing = true;
        Threads.awaitEnd(thread);
    }

    /** However it ends, nobody waits for it in vain. */
    private void live() {
        try {
            while (!closing || !queue.isEmpty()) {
                var first = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<Save<?>>();
                    batch.add(first);
                    queue.drainTo(batch, MOST_AT_ONCE - 1);
                    save(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            log.error("The database's saver has ended; answers can be saved only when they end", e);
        } finally {
            closing = true;
            for (Save<?> left; (left = queue.poll()) != null;) {
                left.result.completeExceptionally(new DatabaseUnavailableException("The database is closed", null));
            }
        }
    }

    private void save(List<Save<?>> batch) {
        while (true) {
            try {
                saveTogether(batch);
                return;
            } catch (DatabaseUnavailableException e) {
                if (closing) {
                    batch.forEach(save -> save.result.completeExceptionally(e));
                    return;
                }
                log.warn("{} saves wait for the database: {}", batch.size(), e.getMessage());
                Threads.pause(PAUSE);
            } catch (RuntimeException | Error e) {
                batch.forEach(this::saveAlone);
                return;
            }
        }
    }

    private void saveTogether(List<Save<?>> batch) {
        transactions.run(handle -> {
            var transaction = new Transaction(handle);
            return batch.stream().map(save -> save.run(transaction)).toList();
        }).forEach(Runnable::run);
    }

    /** One of them fails by itself; the others are not to suffer. */
    private void saveAlone(Save<?> save) {
        try {
            saveTogether(List.of(save));
        } catch (RuntimeException | Error e) {
            save.result.completeExceptionally(e);
        }
    }
}
