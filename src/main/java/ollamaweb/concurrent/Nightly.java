package ollamaweb.concurrent;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Does something once a night, at an hour of where the server is; a night that the server slept through is left out, and what
 * fails is tried again the next night.
 */
public final class Nightly implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Duration hour;
    private final Consumer<BooleanSupplier> task;
    private final Clock clock;
    private final RepeatedWork work;
    private LocalDate done;
    private volatile boolean closing;

    /**
     * @param name of the thread, and what a failure is called in the log
     * @param hour after midnight
     * @param task is given what tells whether to stop
     */
    public Nightly(String name, Duration hour, Consumer<BooleanSupplier> task, Clock clock) {
        this.hour = hour;
        this.task = task;
        this.clock = clock;
        this.work = new RepeatedWork(name, LOOK, this::look);
    }

    public void start() {
        done = night();
        work.start();
    }

    /** Waits for what is under way, which is told to stop. */
    @Override
    public void close() {
        closing = true;
        work.close();
    }

    private void look() {
        var night = night();
        if (!night.equals(done)) {
            done = night;
            task.accept(() -> closing);
        }
    }

    /** @return the day whose night it is: it begins at the hour */
    private LocalDate night() {
        return LocalDate.ofInstant(clock.instant().minus(hour), ZoneId.systemDefault());
    }
}
