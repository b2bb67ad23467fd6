package ollamaweb.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one server has to tell the others: a stop, a revocation, a list that is no longer right. It goes through the
 * database, where each looks twice a second, and through Redis at once where there is one; so it may come twice, and what
 * it causes has to be the same then. Alone on its database a server has nobody to tell, and hears what is done at the console.
 */
public final class Announcements implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration CLEAN = Duration.ofMinutes(1);
    /** Numbers are given before their rows are committed: so far back one may still turn up. */
    private static final int OVERLAP = 200;
    private static final int BATCH = 5000;

    private final Map<String, Consumer<String>> listeners = new ConcurrentHashMap<>();
    private final Set<Long> heard = new LinkedHashSet<>();
    private final Database database;
    private final AnnouncementDao announcements;
    private final LongSupplier serverId;
    private final RedisLink redis;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, Threads.small("announcements"));
    private long last;
    private boolean failing;

    /** @param redis may be null */
    Announcements(Database database, LongSupplier serverId, RedisLink redis, Clock clock) {
        this.database = database;
        this.announcements = database.reader(AnnouncementDao.class);
        this.serverId = serverId;
        this.redis = redis;
        this.clock = clock;
    }

    /** @param listener is given what other servers announce on the topic; quick, and the same when told twice */
    public void on(String topic, Consumer<String> listener) {
        listeners.put(topic, listener);
    }

    void start() {
        last = announcements.lastId();
        var unusedLook = scheduler.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        var unusedCleaning = scheduler.scheduleWithFixedDelay(this::clean, CLEAN.toMillis(), CLEAN.toMillis(), TimeUnit.MILLISECONDS);
        if (redis != null && database.isShared()) {
            redis.onMessage(this::hear);
        }
    }

    /** Tells the others; they hear of it within a second, or the database is away, and they know no better than before. */
    public void publish(String topic, String content) {
        if (!database.isShared()) {
            return;
        }
        hint(topic, content);
        var unused = database.submit(tx -> {
            tx.dao(AnnouncementDao.class).insert(serverId.getAsLong(), topic, content, clock.instant());
            return null;
        }).exceptionally(e -> {
            log.error("Could not tell the other servers: {}", topic, e);
            return null;
        });
    }

    /** As {@link #publish}, through Redis only: for what makes something quicker, and is not missed. */
    void hint(String topic, String content) {
        if (redis != null) {
            redis.publish(serverId.getAsLong() + " " + topic + " " + content);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void look() {
        try {
            for (var announcement : announcements.listAfter(Math.max(0, last - OVERLAP), serverId.getAsLong(), BATCH)) {
                last = Math.max(last, announcement.id());
                if (heard.add(announcement.id())) {
                    tell(announcement.topic(), announcement.content());
                }
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !scheduler.isShutdown()) {
                log.error("Could not hear what is announced, will try again", e);
            }
            failing = true;
        }
        for (var oldest = heard.iterator(); heard.size() > 2 * BATCH && oldest.hasNext();) {
            oldest.next();
            oldest.remove();
        }
    }

    private void clean() {
        try {
            var before = clock.instant().minus(KEPT);
            if (!announcements.hasBefore(before)) {
                return;
            }
            database.save(tx -> {
                tx.dao(AnnouncementDao.class).deleteBefore(before);
                return null;
            });
        } catch (RuntimeException e) {
            log.warn("Could not delete old announcements, will try again", e);
        }
    }

    private void hear(String message) {
        var parts = message.split(" ", 3);
        if (parts.length == 3 && !parts[0].equals(Long.toString(serverId.getAsLong()))) {
            tell(parts[1], parts[2]);
        }
    }

    private void tell(String topic, String content) {
        var listener = listeners.get(topic);
        try {
            if (listener != null) {
                listener.accept(content);
            }
        } catch (RuntimeException e) {
            log.error("What another server announced on {} could not be done", topic, e);
        }
    }
}
