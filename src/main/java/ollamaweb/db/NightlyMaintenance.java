package ollamaweb.db;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import ollamaweb.concurrent.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the database give back the room of what was deleted, once a night, at three where the server is. */
public final class NightlyMaintenance implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NightlyMaintenance.class);
    private static final Duration HOUR = Duration.ofHours(3);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Database database;
    private final Clock clock;
    private final Thread thread = Threads.daemon("database-maintenance", this::run);
    private final CountDownLatch closed = new CountDownLatch(1);

    public NightlyMaintenance(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    /** What is under way ends after its step; the next night goes on with it. */
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
                    maintain();
                    done = night;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void maintain() {
        try {
            database.reclaim(() -> closed.getCount() == 0);
        } catch (RuntimeException e) {
            log.warn("The nightly maintenance failed, the next night will try again", e);
        }
    }

    /** @return the day whose night it is: it begins at three */
    private LocalDate night() {
        return LocalDate.ofInstant(clock.instant().minus(HOUR), ZoneId.systemDefault());
    }
}
