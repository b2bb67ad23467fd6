package ollamaweb.insights;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.events.AccountEvents;
import ollamaweb.providers.ProviderException;
import ollamaweb.models.ModelProviders;
import ollamaweb.turns.Turns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has pending insights written, a few at a time on each Ollama, and not while people wait for answers. The rows say what is
 * to be done; one thread looks at them when it is signalled, and now and then while something is under way or other servers
 * may have left something.
 */
public final class InsightWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InsightWorker.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    /** An insight that has been due for so long no longer lets running chats go first. */
    private static final Duration CHATS_FIRST = Duration.ofMinutes(2);
    private static final int MOST_AT_ONCE = 16;

    private final Map<Long, Attempt> running = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private final Semaphore signal = new Semaphore(0);
    private final Database database;
    private final JobDao jobs;
    private final InsightGenerator generator;
    private final AccountEvents events;
    private final int perOllama;
    private final long idleTimeoutNanos;
    private final IntSupplier runningChats;
    private final LongSupplier serverId;
    private final Clock clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(Threads.small("insight"));
    private final Thread dispatcher = Threads.daemon("insight-dispatcher", this::dispatch);
    private volatile boolean closing;

    /**
     * @param events       which tell of what is written
     * @param turns        which insights take where nobody waits for an answer
     * @param perOllama    how many insights are written at a time on one Ollama
     * @param idleTimeout  how long Ollama may be silent before an attempt is given up
     * @param runningChats how many people wait for an answer
     * @param serverId     tells the id of this server, which changes when it was taken for gone
     */
    public InsightWorker(Database database, AccountEvents events, ModelProviders providers, Turns turns, int perOllama,
            Duration idleTimeout,
            IntSupplier runningChats, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.events = events;
        this.jobs = database.reader(JobDao.class);
        this.generator = new InsightGenerator(database, providers, turns, clock);
        this.perOllama = perOllama;
        this.idleTimeoutNanos = idleTimeout.toNanos();
        this.runningChats = runningChats;
        this.serverId = serverId;
        this.clock = clock;
    }

    public void start() {
        dispatcher.start();
    }

    /** What a server that is gone was writing waits again, for any of the others. */
    public boolean releaseSome(Transaction tx) {
        tx.dao(JobDao.class).releaseAbandoned(clock.instant());
        return false;
    }

    /** A job has come. */
    void signalWork() {
        signal.release();
    }

    /** A job is gone. */
    void forget(long id) {
        tell(id);
        signalWork();
    }

    /** @return done when the insight is no longer pending, or after {@code timeout}, on a thread that may wait */
    CompletableFuture<Void> ending(long id, Duration timeout) {
        var ending = awaited.computeIfAbsent(id, unknown -> new CompletableFuture<>());
        tellIfEnded(id);
        return ending.copy().completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS).thenRunAsync(() -> {}, threads);
    }

    /** Cancels the calls to the models; what they were writing waits for the next start. */
    @Override
    public void close() {
        closing = true;
        signalWork();
        try {
            dispatcher.join();
            running.values().forEach(attempt -> attempt.cancel(stopped("The server is shutting down")));
            awaited.keySet().forEach(this::tell);
            threads.shutdown();
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} insights did not stop in time, they will be written again", running.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() {
        while (!closing) {
            try {
                while (startsNext()) {
                    signal.drainPermits();
                }
                cancelLost();
                if (database.isShared()) {
                    awaited.keySet().forEach(this::tellIfEnded); // others may have written them
                }
                listen();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("Could not look for insights to write, will try again", e);
                Threads.pause(AFTER_TROUBLE);
            }
        }
    }

    private boolean startsNext() {
        if (closing || running.size() >= MOST_AT_ONCE) {
            return false;
        }
        var now = clock.instant();
        var due = runningChats.getAsInt() == 0 ? now : now.minus(CHATS_FIRST);
        if (!jobs.anyToStart(due, perOllama)) {
            return false;
        }
        var next = database.save(tx -> {
            var dao = tx.dao(JobDao.class);
            return dao.takeNext(due, perOllama).flatMap(id -> dao.claim(id, serverId.getAsLong(), now));
        });
        next.ifPresent(this::start);
        return next.isPresent();
    }

    private void start(Job job) {
        var attempt = new Attempt();
        running.put(job.id(), attempt);
        threads.execute(() -> work(job, attempt));
    }

    private void work(Job job, Attempt attempt) {
        try {
            save(job, generator.write(job, attempt, () -> closing));
        } finally {
            running.remove(job.id());
            tellIfEnded(job.id());
            signalWork();
        }
    }

    /** If the database does not take it, it is tried again until it does or the server stops. */
    private void save(Job job, InsightGenerator.Outcome outcome) {
        while (true) {
            try {
                database.save(outcome::on);
                events.tell(job.userId());
                return;
            } catch (RuntimeException e) {
                log.error("Could not save insight {}, will try again", job.id(), e);
                if (closing) {
                    return;
                }
                Threads.pause(AFTER_TROUBLE);
            }
        }
    }

    /** A row that is gone takes its job along, whoever deleted it. */
    private void cancelLost() {
        if (running.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        var wanted = jobs.listRunning(serverId.getAsLong());
        running.forEach((id, attempt) -> {
            if (!wanted.contains(id)) {
                attempt.cancel(stopped("The insight was deleted"));
            } else if (attempt.silence(now) > idleTimeoutNanos) {
                attempt.cancel(new ProviderException(ProviderException.Reason.SILENT, "Ollama has been silent for too long"));
            }
        });
    }

    private void listen() throws InterruptedException {
        if (!database.isShared() && running.isEmpty() && !jobs.anyWaiting()) {
            signal.acquire();
        } else {
            signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
        signal.drainPermits();
    }

    private void tellIfEnded(long id) {
        if (awaited.containsKey(id) && (closing || !jobs.isPending(id))) {
            tell(id);
        }
    }

    private void tell(long id) {
        var ending = awaited.remove(id);
        if (ending != null) {
            ending.complete(null);
        }
    }

    private static ProviderException stopped(String reason) {
        return new ProviderException(ProviderException.Reason.BROKEN, reason);
    }
}
