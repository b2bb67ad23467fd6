package ollamaweb.db.postgresql;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import ollamaweb.concurrent.Threads;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Runs works in transactions, again where they met others. */
final class Transactions {

    private static final int MOST_ATTEMPTS = 8;
    /** A key that somebody else wrote meanwhile is seen by the second attempt. */
    private static final int MOST_ATTEMPTS_FOR_A_KEY = 3;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Jdbi jdbi;
    private final Runnable afterCommit;

    /** @param afterCommit run after each commit, by the thread that has committed */
    Transactions(Jdbi jdbi, Runnable afterCommit) {
        this.jdbi = jdbi;
        this.afterCommit = afterCommit;
    }

    /**
     * @return what the work gave, once it is committed
     * @throws ollamaweb.db.DatabaseUnavailableException if the database cannot be reached, or others were always first
     */
    <R> R run(Function<Handle, R> work) {
        for (int attempt = 1;; attempt++) {
            try {
                var result = jdbi.inTransaction(work::apply);
                afterCommit.run();
                return result;
            } catch (RuntimeException e) {
                if (!mayHold(e, attempt)) {
                    throw PostgresErrors.explained(e);
                }
                Threads.pause(PAUSE.multipliedBy(ThreadLocalRandom.current().nextInt(1, attempt + 2)));
            }
        }
    }

    private static boolean mayHold(RuntimeException e, int attempt) {
        return PostgresErrors.isConflict(e) && attempt < MOST_ATTEMPTS
                || PostgresErrors.isUniqueViolation(e) && attempt < MOST_ATTEMPTS_FOR_A_KEY;
    }
}
