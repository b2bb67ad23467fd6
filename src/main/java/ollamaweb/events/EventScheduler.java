package ollamaweb.events;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import ollamaweb.concurrent.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that looks for events and after their streams, until it is closed. What fails is logged. */
final class EventScheduler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventScheduler.class);

    private final ScheduledThreadPoolExecutor executor;

    /** @param name of its thread */
    EventScheduler(String name) {
        executor = new ScheduledThreadPoolExecutor(1, Threads.small(name));
    }

    /** @param what what the log calls it */
    void repeat(String what, Duration first, Duration pause, Runnable work) {
        var unused = executor.scheduleWithFixedDelay(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                if (!isClosed()) {
                    log.error("{} failed, will try again", what, e);
                }
            }
        }, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does something once, soon; nothing once it is closed. */
    void after(Duration delay, Runnable work) {
        try {
            var unused = executor.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("The server stops", e);
        }
    }

    boolean isClosed() {
        return executor.isShutdown();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
