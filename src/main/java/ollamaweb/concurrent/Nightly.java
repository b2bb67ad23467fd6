package ollamaweb.concurrent;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something once a night, at an hour of where the server is; a night that the server slept through is left out. */
public final class Nightly implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Nightly.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String name;
    private final Duration hour;
    private final Consumer<BooleanSupplier> task;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param name of the thread, and what a failure is called in the log
     * @param hour after midnight
     * @param task is given what tells whether to stop; what it throws is logged, and the next night tries again
     */
    public Nightly(String name, Duration hour, Consumer<BooleanSupplier> task, Clock clock) {
        this.name = name;
        this.hour = hour;
        this.task = task;
        this.clock = clock;
        this.thread = Threads.daemon(name, this::run);
    }

    public void start() {
        thread.start();
    }

    /** Waits for what is under way, which is told to stop. */
    @Override
    public void close() {
        closed.countDown();
        Threads.awaitEnd(thread);
    }

    private void run() {
        try {
            for (var done = night(); !closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);) {
                var night = night();
                if (!night.equals(done)) {
                    runTask();
                    done = night;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runTask() {
        try {
            task.accept(() -> closed.getCount() == 0);
        } catch (RuntimeException e) {
            log.warn("The {} failed, the next night will try again", name, e);
        }
    }

    /** @return the day whose night it is: it begins at the hour */
    private LocalDate night() {
        return LocalDate.ofInstant(clock.instant().minus(hour), ZoneId.systemDefault());
    }
}
