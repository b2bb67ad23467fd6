package ollamaweb.cluster;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers on one database. Each has a row whose number it counts up every few seconds; one whose number stands still
 * is gone, and what it had under way is released by whoever sees that first. Nobody compares clocks: how long a number
 * has stood still each server measures by itself. A database that only one server can have needs no heartbeat.
 */
public final class Servers implements AutoCloseable {

    /** Work that belongs to one server while it is under way; its rows name that server. */
    @FunctionalInterface
    public interface OwnedWork {

        /**
         * Closes, or leaves to others, some of the rows whose server is not among {@code servers} any more. Several servers may
         * do it at once.
         *
         * @return whether there may be more
         */
        boolean releaseSome(Transaction tx);
    }

    private static final Logger log = LoggerFactory.getLogger(Servers.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    /** A server that stands still for so long is gone: long enough for a collected heap or a database that starts again. */
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final int ID_BITS = 53;

    /** A number, and since when it has not changed. */
    private record Seen(long beats, long since) {}

    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Seen> seen = new HashMap<>();
    private final Database database;
    private final ServerDao servers;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, Threads.small("server-heartbeat"));
    private volatile List<OwnedWork> works = List.of();
    private volatile long id = newId();
    private volatile boolean joined;
    private volatile boolean hasOthers;
    private long lastBeat;

    public Servers(Database database) {
        this.database = database;
        this.servers = database.reader(ServerDao.class);
    }

    /** @return this server's own id: another one after each start, and after it was taken for gone */
    public long id() {
        return id;
    }

    /** @return whether there were other servers when this one looked last, at its start and every few seconds */
    boolean hasOthers() {
        return hasOthers;
    }

    /** To be called when another server has joined. */
    void noteOther() {
        hasOthers = true;
    }

    /**
     * Joins the others, and releases what those that are gone have left.
     *
     * @param owned all the kinds of work that belong to servers
     */
    public void start(List<OwnedWork> owned) {
        works = List.copyOf(owned);
        database.save(tx -> {
            if (!database.isShared()) {
                tx.dao(ServerDao.class).deleteAll();
            }
            tx.dao(ServerDao.class).insert(id);
            return null;
        });
        joined = true;
        lastBeat = System.nanoTime();
        if (database.isShared()) {
            hasOthers = servers.list().size() > 1;
            var unused = scheduler.scheduleWithFixedDelay(this::live, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        }
        release(Duration.ofDays(1));
    }

    /** Leaves; to be called once nothing of this server is under way. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        if (!joined) {
            return;
        }
        try {
            database.write(tx -> {
                tx.dao(ServerDao.class).delete(id);
                return null;
            });
        } catch (RuntimeException e) {
            log.warn("Could not sign off; other servers will notice in {} s", LEASE.toSeconds(), e);
        }
    }

    private void live() {
        try {
            beat();
            removeSilent();
            release(HEARTBEAT);
        } catch (RuntimeException e) {
            if (!scheduler.isShutdown()) {
                log.error("The heartbeat failed, will try again in {} s", HEARTBEAT.toSeconds(), e);
            }
        }
    }

    /** A server that was taken for gone goes on as another one: what it had under way is no longer its own. */
    private void beat() {
        if (!database.save(tx -> tx.dao(ServerDao.class).beat(id))) {
            log.error("This server was silent for so long that others took over what it had under way");
            long other = newId();
            database.save(tx -> {
                tx.dao(ServerDao.class).insert(other);
                return null;
            });
            id = other;
        }
        long now = System.nanoTime();
        if (now - lastBeat > LEASE.toNanos() / 2) {
            seen.clear(); // who was so late itself knows nothing of the others
        }
        lastBeat = now;
    }

    private void removeSilent() {
        long now = System.nanoTime();
        var present = servers.list();
        hasOthers = present.size() > 1;
        seen.keySet().retainAll(present.stream().map(ServerDao.Heartbeat::id).toList());
        for (var server : present) {
            var before = seen.get(server.id());
            if (before == null || before.beats() != server.beats()) {
                seen.put(server.id(), new Seen(server.beats(), now));
            } else if (server.id() != id && now - before.since() > LEASE.toNanos()
                    && database.save(tx -> tx.dao(ServerDao.class).deleteSilent(server.id(), server.beats()))) {
                log.warn("Server {} is gone; what it had under way is released", server.id());
            }
        }
    }

    /** @param atMost how long; what is left then is released the next time */
    private void release(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (var work : works) {
            boolean more = true;
            while (more && System.nanoTime() < deadline) {
                more = database.save(work::releaseSome);
            }
        }
    }

    private long newId() {
        return random.nextLong() >>> (Long.SIZE - ID_BITS);
    }
}
