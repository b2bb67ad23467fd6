package ollamaweb.db.postgresql;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ollamaweb.db.DatabaseUnavailableException;

/**
 * Who may take a connection to write: of one account one at a time, so that a busy account does not take them all while
 * it waits for itself, and of all requests so many that some are left for what the server itself has to save.
 */
final class WriteLimits {

    private static final int ACCOUNTS = 1024;
    /** Of many questions that one account asks at once, the last is to be taken, too, on a machine that is busy with the first. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Beyond this, more that come are refused at once. */
    private static final int MOST_WAITING = 1000;

    private final int most;
    private final Semaphore requests;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore[] accounts = Stream.generate(() -> new Semaphore(1, true)).limit(ACCOUNTS).toArray(Semaphore[]::new);

    /** @param requests how many may write at a time */
    WriteLimits(int requests) {
        this.most = requests;
        this.requests = new Semaphore(requests, true);
    }

    /** @throws DatabaseUnavailableException if too many are waiting, or for too long */
    <R> R request(Supplier<R> work) {
        return within(waiting, Duration.ZERO, () -> within(requests, PATIENCE, work));
    }

    /** As {@link #request}, one at a time of the account. */
    <R> R requestOf(long userId, Supplier<R> work) {
        return within(waiting, Duration.ZERO,
                () -> within(accounts[(int) Long.remainderUnsigned(userId, ACCOUNTS)], PATIENCE, () -> within(requests, PATIENCE, work)));
    }

    /** @return about how many requests wait to write */
    int waiting() {
        return Math.max(0, MOST_WAITING - waiting.availablePermits() - (most - requests.availablePermits()));
    }

    private static <R> R within(Semaphore permits, Duration patience, Supplier<R> work) {
        try {
            if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DatabaseUnavailableException("Too many writes are waiting, please try again", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailableException("The server is shutting down", e);
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
