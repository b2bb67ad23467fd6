package ollamaweb.events;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients that are told what happens in their accounts. The events stand in the database ({@link EventDao}); a client
 * gets them from there when somebody says that there are new ones, here or on another server, and now and then without.
 */
public final class AccountEvents implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccountEvents.class);
    private static final int MOST_STREAMS = 20;
    private static final int RETRY_SECONDS = 10;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int DELETED_AT_ONCE = 500;
    /** As much as the clocks of two servers may differ, and more. */
    private static final Duration SKEW = Duration.ofMinutes(2);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration PING = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration CLEAN = Duration.ofMinutes(1);

    private final Map<Long, Set<EventStream>> streams = new ConcurrentHashMap<>();
    private final Database database;
    private final EventDao stored;
    private final Clock clock;
    private final EventScheduler scheduler = new EventScheduler("account-events");
    private volatile LongConsumer announcer = userId -> {};
    private Instant looked;
    private volatile boolean closing;

    public AccountEvents(Database database, Clock clock) {
        this.database = database;
        this.stored = database.reader(EventDao.class);
        this.clock = clock;
        this.looked = clock.instant();
    }

    /** @param others is given the accounts that have new events, for other servers */
    public void announceBy(LongConsumer others) {
        announcer = others;
    }

    public void start() {
        scheduler.repeat("Pinging event streams", PING, PING, () -> {
            long now = System.nanoTime();
            streams.values().forEach(each -> each.forEach(stream -> stream.pingIfSilent(now)));
        });
        scheduler.repeat("Looking for events", FIRST, LOOK, this::look);
        scheduler.repeat("Deleting old events", FIRST, CLEAN, this::clean);
    }

    /** The account has a new event, which is committed. */
    public void tell(long userId) {
        toldElsewhere(userId);
        announcer.accept(userId);
    }

    /** As {@link #tell}, by another server. */
    public void toldElsewhere(long userId) {
        if (streams.containsKey(userId) && !closing) {
            scheduler.after(Duration.ZERO, () -> wake(userId));
        }
    }

    /** Ends all streams; their clients come back, to this server or another. */
    @Override
    public void close() {
        closing = true;
        streams.keySet().forEach(this::wake);
        scheduler.close();
    }

    /** @throws ApiException 429 if the account has very many */
    void requireRoom(long userId) {
        if (streams.getOrDefault(userId, Set.of()).size() >= MOST_STREAMS) {
            throw ApiException.tooManyRequests("At most " + MOST_STREAMS + " event streams can be open", RETRY_SECONDS);
        }
    }

    void join(long userId, EventStream stream) {
        streams.compute(userId, (id, others) -> {
            var all = others == null ? ConcurrentHashMap.<EventStream>newKeySet() : others;
            all.add(stream);
            return all;
        });
    }

    void leave(long userId, EventStream stream) {
        streams.computeIfPresent(userId, (id, all) -> {
            all.remove(stream);
            return all.isEmpty() ? null : all;
        });
    }

    /** What was sent once is not what a client begins with that comes anew. */
    void sent(long userId, long number) {
        var unused = database.submit(tx -> tx.dao(EventDao.class).markSent(userId, number)).exceptionally(e -> {
            log.warn("Could not note which events were sent", e);
            return false;
        });
    }

    boolean isClosing() {
        return closing;
    }

    /** What nobody told of is found by one question for all accounts. */
    private void look() {
        var now = clock.instant();
        stored.listTold(looked.minus(SKEW)).forEach(told -> streams.getOrDefault(told.userId(), Set.of()).stream()
                .filter(stream -> stream.isBehind(told.last()))
                .forEach(EventStream::wake));
        looked = now;
    }

    private void wake(long userId) {
        streams.getOrDefault(userId, Set.of()).forEach(EventStream::wake);
    }

    private void clean() {
        var before = clock.instant().minus(KEPT);
        int deleted;
        do {
            deleted = database.step(tx -> tx.dao(EventDao.class).deleteBefore(before, DELETED_AT_ONCE));
        } while (deleted == DELETED_AT_ONCE && !closing);
    }
}
