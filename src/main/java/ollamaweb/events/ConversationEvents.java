package ollamaweb.events;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.OpenStreams;
import ollamaweb.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients that follow conversations. The events stand in the database ({@link ConversationEventDao}); while anybody
 * follows here, one question for all conversations that are followed tells which have new ones: soon after this server has
 * committed something, and twice a second for what others have.
 */
public final class ConversationEvents implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConversationEvents.class);
    private static final int MOST_STREAMS = 20;
    private static final int RETRY_SECONDS = 10;
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int DELETED_AT_ONCE = 500;
    private static final int ASKED_AT_ONCE = 500;
    private static final Duration AFTER_COMMIT = Duration.ofMillis(20);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PING = Duration.ofMillis(500);
    private static final Duration CLEAN = Duration.ofMinutes(1);

    private final Map<Long, Set<ConversationEventStream>> streams = new ConcurrentHashMap<>();
    private final Map<Long, Integer> byAccount = new ConcurrentHashMap<>();
    private final AtomicBoolean lookDue = new AtomicBoolean();
    private final Database database;
    private final ConversationEventDao stored;
    private final OpenStreams open;
    private final Clock clock;
    private final EventScheduler scheduler = new EventScheduler("conversation-events");
    private volatile boolean closing;

    public ConversationEvents(Database database, OpenStreams open, Clock clock) {
        this.database = database;
        this.stored = database.reader(ConversationEventDao.class);
        this.open = open;
        this.clock = clock;
        database.afterCommit(this::lookSoon);
    }

    public void start() {
        scheduler.repeat("Pinging followers of conversations", PING, PING, () -> {
            long now = System.nanoTime();
            streams.values().forEach(each -> each.forEach(stream -> stream.pingIfSilent(now)));
        });
        scheduler.repeat("Looking for events of conversations", LOOK, LOOK, this::look);
        scheduler.repeat("Deleting old events of conversations", CLEAN, CLEAN, this::clean);
    }

    /**
     * Tells a client what happens in a conversation that it may see.
     *
     * @param membershipId what the stream ends with, beside the caller's credential; null for the owner
     * @param reached      the number of the last event that the client was told; null: from now on
     * @throws ApiException 404 if the user does not see the conversation, 429 if the account has very many streams
     */
    public void follow(Context ctx, long conversationId, CurrentUser user, Long membershipId, Long reached) {
        if (byAccount.getOrDefault(user.id(), 0) >= MOST_STREAMS) {
            throw ApiException.tooManyRequests("At most " + MOST_STREAMS + " event streams can be open", RETRY_SECONDS);
        }
        var place = stored.findPlace(conversationId, user.id()).orElseGet(() -> begin(conversationId, user.id()));
        long last = reached == null ? place.last() : Math.min(place.last(), reached);
        new ConversationEventStream(this, stored, conversationId, user.id(), last, place).open(ctx, open, user, membershipId);
    }

    /** Ends all streams; their clients come back, to this server or another. */
    @Override
    public void close() {
        closing = true;
        streams.values().forEach(each -> each.forEach(ConversationEventStream::wake));
        scheduler.close();
    }

    void join(ConversationEventStream stream) {
        byAccount.merge(stream.userId(), 1, Integer::sum);
        streams.compute(stream.conversationId(), (id, others) -> {
            var all = others == null ? ConcurrentHashMap.<ConversationEventStream>newKeySet() : others;
            all.add(stream);
            return all;
        });
    }

    void leave(ConversationEventStream stream) {
        streams.computeIfPresent(stream.conversationId(), (id, all) -> {
            if (all.remove(stream)) {
                byAccount.computeIfPresent(stream.userId(), (user, count) -> count == 1 ? null : count - 1);
            }
            return all.isEmpty() ? null : all;
        });
    }

    boolean isClosing() {
        return closing;
    }

    private ConversationEventDao.Place begin(long conversationId, long userId) {
        return database.write(userId, tx -> {
            var dao = tx.dao(ConversationEventDao.class);
            dao.begin(conversationId);
            return dao.findPlace(conversationId, userId).orElseThrow(() -> ApiException.notFound("Conversation not found"));
        });
    }

    private void lookSoon() {
        if (!streams.isEmpty() && !closing && lookDue.compareAndSet(false, true)) {
            scheduler.after(AFTER_COMMIT, this::tryLook);
        }
    }

    private void tryLook() {
        try {
            look();
        } catch (RuntimeException e) {
            log.debug("Could not look for events, the next look will", e);
        }
    }

    private void look() {
        lookDue.set(false);
        var ids = List.copyOf(streams.keySet());
        for (int from = 0; from < ids.size(); from += ASKED_AT_ONCE) {
            var some = ids.subList(from, Math.min(from + ASKED_AT_ONCE, ids.size()));
            var last = new HashMap<Long, Long>();
            stored.listLast(Json.write(some)).forEach(each -> last.put(each.conversationId(), each.last()));
            some.forEach(id -> streams.getOrDefault(id, Set.of()).forEach(stream -> stream.wakeFor(last.get(id))));
        }
    }

    private void clean() {
        var before = clock.instant().minus(KEPT);
        int deleted;
        do {
            deleted = database.step(tx -> tx.dao(ConversationEventDao.class).deleteBefore(before, DELETED_AT_ONCE));
        } while (deleted == DELETED_AT_ONCE && !closing);
    }
}
