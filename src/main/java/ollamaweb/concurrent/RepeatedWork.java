package ollamaweb.concurrent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, with a pause after each time, until it is closed. What fails is tried again. */
public final class RepeatedWork implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RepeatedWork.class);

    private final String name;
    private final Duration pause;
    private final Runnable work;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean failing;

    /** @param name of its thread, and what the log calls it */
    public RepeatedWork(String name, Duration pause, Runnable work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
        this.thread = Threads.daemon(name, this::run);
    }

    public void start() {
        thread.start();
    }

    /** Waits for the end of what is under way. */
    @Override
    public void close() {
        closed.countDown();
        Threads.awaitEnd(thread);
    }

    private void run() {
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                workOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOnce() {
        try {
            work.run();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.error("{} failed, will try again", name, e);
            }
            failing = true;
        }
    }
}
