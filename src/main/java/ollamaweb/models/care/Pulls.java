package ollamaweb.models.care;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.models.ModelCatalogue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has models fetched, whether anybody watches or not. The rows say what is being fetched and by which server; once a second each
 * server saves how far its own are, sees which were ended meanwhile, and looks after those that are followed here.
 */
public final class Pulls implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Pulls.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_RUNNING = 8;
    private static final int KEPT = 50;

    private final Map<Long, RunningPull> running = new ConcurrentHashMap<>();
    private final FollowedPulls followed;
    private final Database database;
    private final PullDao pulls;
    private final ModelManagers managers;
    private final Runnable onChange;
    private final LongSupplier serverId;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(Threads.small("model-pull"));
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, Threads.small("model-pull-watch"));
    private volatile boolean closing;

    /**
     * @param onChange to be run when a model has come
     * @param serverId tells the id of this server, which changes when it was taken for gone
     */
    public Pulls(Database database, ModelManagers managers, Runnable onChange, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.pulls = database.reader(PullDao.class);
        this.followed = new FollowedPulls(pulls, running::containsKey);
        this.managers = managers;
        this.onChange = onChange;
        this.serverId = serverId;
        this.clock = clock;
    }

    public void start() {
        var unused = watch.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What a server that is gone was fetching is interrupted. */
    public boolean releaseSome(Transaction tx) {
        tx.dao(PullDao.class).interruptAbandoned(clock.instant());
        return false;
    }

    /** A pull, and whether it was begun now. */
    private record Begun(Pull pull, boolean isNew) {}

    /**
     * Begins to fetch a model to where the user's models are; one that is being fetched there already is not begun again.
     *
     * @throws ApiException 429 if too many are being fetched, 503 if the server has no means left
     */
    Pull begin(long userId, String name) {
        if (closing) {
            throw ApiException.busy("The server is shutting down", 1);
        }
        var host = managers.name(userId);
        long server = serverId.getAsLong();
        var key = ModelCatalogue.tagged(name).toLowerCase(Locale.ROOT);
        var begun = database.write(tx -> {
            var dao = tx.dao(PullDao.class);
            var present = dao.findRunning(host, key);
            if (present.isPresent()) {
                return new Begun(present.get(), false);
            }
            if (dao.countRunning() >= MOST_RUNNING) {
                throw ApiException.tooManyRequests("At most " + MOST_RUNNING + " models can be pulled at the same time", 30);
            }
            dao.deleteOld(KEPT);
            return new Begun(dao.find(dao.insert(host, key, name, server, clock.instant())).orElseThrow(), true);
        });
        if (begun.isNew()) {
            run(new RunningPull(followed.of(begun.pull()), server, managers.first(userId)));
        }
        return begun.pull();
    }

    /** @return those that clients watch */
    FollowedPulls followed() {
        return followed;
    }

    /** @return those that are running, and the newest that have ended */
    List<Pull> list() {
        return pulls.list(MOST_RUNNING + KEPT);
    }

    /**
     * Ends a pull on whichever server; one that has ended stays as it is.
     *
     * @return the pull, empty if there is none
     */
    Optional<Pull> cancel(long id) {
        database.write(tx -> tx.dao(PullDao.class).cancel(id, clock.instant()));
        var here = running.get(id);
        if (here != null) {
            here.cancel();
        }
        return pulls.find(id);
    }

    /** Breaks off what this server is fetching; it is kept as interrupted. */
    @Override
    public void close() {
        closing = true;
        watch.shutdownNow();
        running.values().forEach(RunningPull::cancel);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} pulls did not stop in time", running.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(RunningPull pull) {
        running.put(pull.id(), pull);
        try {
            threads.execute(() -> work(pull));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            end(pull, new PullDao.Ended(Pull.FAILED, "The server was busy", clock.instant()));
            throw ApiException.busy("The server is busy, please try again", 1);
        }
        if (closing) {
            pull.cancel();
        }
    }

    private void work(RunningPull pull) {
        var error = pull.run();
        if (error == null) {
            onChange.run();
            end(pull, new PullDao.Ended(Pull.DONE, null, clock.instant()));
        } else if (closing) {
            end(pull, new PullDao.Ended(Pull.INTERRUPTED, "The server stopped in the middle of this pull", clock.instant()));
        } else {
            end(pull, new PullDao.Ended(Pull.FAILED, error, clock.instant()));
        }
    }

    /** If the database does not take it, it is tried again until it does or the server stops. */
    private void end(RunningPull pull, PullDao.Ended ended) {
        while (true) {
            try {
                var row = database.save(tx -> {
                    var dao = tx.dao(PullDao.class);
                    dao.progress(pull.followed().now(), pull.serverId());
                    dao.end(pull.id(), pull.serverId(), ended);
                    return dao.find(pull.id());
                });
                running.remove(pull.id());
                row.ifPresentOrElse(pull.followed()::becomes, pull.followed()::isGone);
                followed.release(pull.id());
                return;
            } catch (RuntimeException e) {
                log.error("Could not save the end of pull {}, will try again", pull.id(), e);
                if (closing) {
                    return;
                }
                Threads.pause(LOOK);
            }
        }
    }

    private void look() {
        try {
            lookAtOwn();
            followed.look();
        } catch (RuntimeException e) {
            if (!closing) {
                log.error("Could not look after the pulls, will try again", e);
            }
        }
        followed.pingSilent(System.nanoTime());
    }

    /** Whose row was ended, or left to others, is not fetched any more. */
    private void lookAtOwn() {
        if (running.isEmpty()) {
            return;
        }
        var own = List.copyOf(running.values());
        var wanted = pulls.listRunning(serverId.getAsLong());
        own.stream().filter(pull -> !wanted.contains(pull.id())).forEach(RunningPull::cancel);
        own.forEach(this::saveProgress);
    }

    private void saveProgress(RunningPull pull) {
        var now = pull.unsaved();
        if (now != null) {
            database.save(tx -> {
                tx.dao(PullDao.class).progress(now, pull.serverId());
                return null;
            });
            pull.saved(now);
        }
    }
}
