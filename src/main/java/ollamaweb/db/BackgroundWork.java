package ollamaweb.db;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import ollamaweb.concurrent.Nightly;
import ollamaweb.concurrent.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in small steps what is too much for one write and need not be done at once. What is left to do stands in the
 * database, so that the next start goes on where a killed server stopped. One thread looks after each commit whether there
 * is something to do, and now and then for what another program may have written. Of several servers one at a time works.
 */
public final class BackgroundWork implements AutoCloseable {

    /** Something that is done in steps. */
    public interface Task {

        /** @return whether there is something to do; asked often, so it has to cost next to nothing */
        boolean isDue(Transaction reading);

        /**
         * Does a part of it, for a few milliseconds.
         *
         * @return whether there may be more to do
         */
        boolean step(Transaction writing);
    }

    private static final Logger log = LoggerFactory.getLogger(BackgroundWork.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** After midnight. */
    private static final Duration MAINTENANCE = Duration.ofHours(3);

    /** What is written meanwhile is done in the same steps. */
    private static final Duration GATHERING = Duration.ofMillis(20);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Semaphore signal = new Semaphore(0);
    private final Database database;
    private final List<Task> tasks;
    private final Nightly maintenance;
    private final Thread thread = Threads.daemon("database-background", this::run);
    private volatile boolean closing;

    /**
     * @param tasks what there is to do; they take turns, step by step
     * @param clock tells when it is three at night, and time to give back the room of what was deleted
     */
    public BackgroundWork(Database database, List<Task> tasks, Clock clock) {
        this.database = database;
        this.maintenance = new Nightly("database-maintenance", MAINTENANCE, database::reclaim, Optional::empty, clock);
        this.tasks = List.copyOf(tasks);
    }

    public void start() {
        database.afterCommit(signal::release);
        thread.start();
        maintenance.start();
    }

    /** Ends after the step that is under way; what is left is done after the next start. */
    @Override
    public void close() {
        closing = true;
        signal.release();
        maintenance.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var pause = FIRST_PAUSE;
        while (!closing) {
            try {
                work();
                pause = FIRST_PAUSE;
                signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                Thread.sleep(GATHERING.toMillis());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!closing) {
                    log.error("Background work failed, will try again in {} s", pause.toSeconds(), e);
                }
                pause = pauseAfterTrouble(pause);
            }
            signal.drainPermits();
        }
    }

    private void work() {
        boolean more = true;
        while (more) {
            more = false;
            for (var task : tasks) {
                if (!closing && database.read(task::isDue)) {
                    more |= database.stepAlone(task::step).orElse(false);
                }
            }
        }
    }

    /** @return how long to pause the next time */
    private Duration pauseAfterTrouble(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            for (long left; !closing && (left = end - System.nanoTime()) > 0; signal.drainPermits()) {
                signal.tryAcquire(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            closing = true;
        }
        var longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
}
