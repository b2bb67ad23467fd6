package ollamaweb.concurrent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does something once a night, at an hour of where the server is. What fails is tried again an hour later; a night for which there
 * was no server is made up for at the next start, where it is known when it was done last.
 */
public final class Nightly implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofHours(1);

    private final Duration hour;
    private final Consumer<BooleanSupplier> task;
    private final Supplier<Optional<Instant>> last;
    private final Clock clock;
    private final RepeatedWork work;
    private LocalDate done;
    private Instant notBefore = Instant.MIN;
    private volatile boolean closing;

    /**
     * @param name of the thread, and what a failure is called in the log
     * @param hour after midnight
     * @param task is given what tells whether to stop
     * @param last tells when it was done last; empty where that is not known
     */
    public Nightly(String name, Duration hour, Consumer<BooleanSupplier> task, Supplier<Optional<Instant>> last, Clock clock) {
        this.last = last;
        this.hour = hour;
        this.task = task;
        this.clock = clock;
        this.work = new RepeatedWork(name, LOOK, this::look);
    }

    public void start() {
        done = last.get().map(this::night).orElseGet(() -> night(clock.instant()));
        work.start();
    }

    /** Waits for what is under way, which is told to stop. */
    @Override
    public void close() {
        closing = true;
        work.close();
    }

    private void look() {
        var now = clock.instant();
        if (night(now).isAfter(done) && !now.isBefore(notBefore)) {
            notBefore = now.plus(RETRY);
            task.accept(() -> closing);
            done = night(now);
        }
    }

    /** @return the day whose night it is: it begins at the hour */
    private LocalDate night(Instant moment) {
        return LocalDate.ofInstant(moment.minus(hour), ZoneId.systemDefault());
    }
}
