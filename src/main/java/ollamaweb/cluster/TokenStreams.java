package ollamaweb.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import ollamaweb.concurrent.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * The texts of answers in the making, from the server that makes them to those whose clients follow them: one Redis Stream
 * for each answer that is followed elsewhere. An entry's id is the number of bytes said and thought up to its end, so that a
 * place means the same on every server; pieces that come together travel together. A stream disappears a minute after its
 * answer.
 */
public final class TokenStreams implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TokenStreams.class);
    static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int BLOCK_MILLIS = 1000;
    static final int ENTRIES = 1000;
    /** Pieces of many answers within so long are read together. */
    private static final Duration GATHERING = Duration.ofMillis(3);
    private static final String FOLLOW = "follow";
    static final String TEXT = "text";
    static final String THINKING = "thinking";
    static final String START = "start";
    static final String OVER = "over";

    /**
     * A part of what an answer says, or of what its model thinks.
     *
     * @param start the place where it begins in its text, in bytes as UTF-8
     * @param end   how many bytes are said and thought with it
     */
    public record Piece(boolean isThinking, int start, String text, long end) {}

    /** An answer in the making here. */
    public interface Source {

        /** @return its message id */
        long id();

        /** @return what has been said since the last call, in pieces of moderate size; called by one thread */
        List<Piece> news();

        /** @return how many bytes are said and thought with what {@link #news} has given */
        long place();

        /** @return whether nothing more will come, and its end is saved */
        boolean isOver();

        /**
         * Notes that it waits to be sent.
         *
         * @return false if that was noted already, and it has not been {@link #taken} since
         */
        boolean offered();

        /** What is new is about to be asked for; what comes after that has to be offered again. */
        void taken();
    }

    /** Somebody who follows an answer that another server makes. */
    public interface Listener {

        /** Takes text, which it may have already; what stood before it may be missing. */
        void heard(boolean isThinking, int start, byte[] text);

        /** An end of the answer is saved; it may have gone on since. */
        void over();
    }

    private static final class Followed {
        private final Listener listener;
        private volatile StreamEntryID last = new StreamEntryID(0, 0);

        Followed(Listener listener) {
            this.listener = listener;
        }
    }

    private final RedisLink redis;
    private final Announcements announcements;
    private final String wakeKey;
    private final Map<Long, Followed> followed = new ConcurrentHashMap<>();
    private final Semaphore someFollowed = new Semaphore(0);
    private final StreamWriter writer;
    private final Thread reader = Threads.daemon("token-streams-reader", this::read);
    private StreamEntryID lastWake = new StreamEntryID(0, 0);
    private volatile boolean closing;

    /** @param name tells this server from all others, also from its former starts */
    TokenStreams(RedisLink redis, Announcements announcements, String name) {
        this.redis = redis;
        this.announcements = announcements;
        this.writer = new StreamWriter(redis);
        this.wakeKey = redis.key("wake:" + name);
    }

    /** @param listener is told which answers other servers follow; each may be told several times */
    public void onFollow(LongConsumer listener) {
        announcements.on(FOLLOW, id -> listener.accept(Long.parseLong(id)));
    }

    void start() {
        writer.start();
        reader.start();
    }

    /** Has what is new in an answer sent, soon; costs next to nothing. */
    public void offer(Source source) {
        if (source.offered()) {
            writer.add(source);
        }
    }

    /** Begins to listen, and has the server that makes the answer send it. */
    public void follow(long answerId, Listener listener) {
        followed.put(answerId, new Followed(listener));
        someFollowed.release();
        redis.later(() -> {
            redis.client().xadd(wakeKey, XAddParams.xAddParams().maxLen(1), Map.of(FOLLOW, Long.toString(answerId)));
            redis.client().expire(wakeKey, KEPT.toSeconds());
        });
        remind(answerId);
    }

    /** Asks again for an answer that is followed, in case Redis or its server did not hear of it. */
    public void remind(long answerId) {
        announcements.hint(FOLLOW, Long.toString(answerId));
    }

    public void unfollow(long answerId) {
        followed.remove(answerId);
    }

    @Override
    public void close() {
        closing = true;
        writer.close();
        reader.interrupt();
    }

    private void read() {
        while (!closing) {
            try {
                if (followed.isEmpty()) {
                    someFollowed.acquire();
                    someFollowed.drainPermits();
                } else if (redis.attempt(this::readNews)) {
                    TimeUnit.NANOSECONDS.sleep(GATHERING.toNanos());
                } else {
                    Thread.sleep(RETRY.toMillis());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("Reading answers of other servers failed, will go on", e);
                Threads.pause(RETRY);
            }
        }
    }

    /** A wake-up ends the wait for the streams that were known, and has the new ones read too. */
    private void readNews() {
        var places = new HashMap<String, StreamEntryID>();
        var byKey = new HashMap<String, Followed>();
        places.put(wakeKey, lastWake);
        followed.forEach((id, from) -> {
            places.put(key(id), from.last);
            byKey.put(key(id), from);
        });
        var found = redis.client().xread(XReadParams.xReadParams().block(BLOCK_MILLIS).count(ENTRIES), places);
        if (found == null) {
            return;
        }
        for (var stream : found) {
            var from = byKey.get(stream.getKey());
            for (var entry : stream.getValue()) {
                if (from == null) {
                    lastWake = entry.getID();
                } else {
                    pass(from, entry);
                }
            }
        }
    }

    private static void pass(Followed from, StreamEntry entry) {
        from.last = entry.getID();
        var fields = entry.getFields();
        if (fields.containsKey(OVER)) {
            from.listener.over();
            return;
        }
        boolean isThinking = fields.containsKey(THINKING);
        var text = fields.get(isThinking ? THINKING : TEXT).getBytes(StandardCharsets.UTF_8);
        from.listener.heard(isThinking, Integer.parseInt(fields.get(START)), text);
    }

    private String key(long answerId) {
        return key(redis, answerId);
    }

    static String key(RedisLink redis, long answerId) {
        return redis.key("answer:" + answerId);
    }
}
