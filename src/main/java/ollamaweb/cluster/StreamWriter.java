package ollamaweb.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import ollamaweb.concurrent.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** Writes what is new in the answers of this server into their streams, those that have news at the same time together. */
final class StreamWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StreamWriter.class);
    /** So long after its last piece a stream goes whose server could not end it. */
    private static final Duration ABANDONED = Duration.ofMinutes(30);

    private final RedisLink redis;
    /** Each source is in it once, however often it is offered. */
    private final BlockingQueue<TokenStreams.Source> offered = new LinkedBlockingQueue<>();
    private final Thread thread = Threads.daemon("token-streams-writer", this::write);
    private volatile boolean closing;

    StreamWriter(RedisLink redis) {
        this.redis = redis;
    }

    void start() {
        thread.start();
    }

    void add(TokenStreams.Source source) {
        offered.add(source);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }

    private void write() {
        var batch = new ArrayList<TokenStreams.Source>();
        while (!closing) {
            try {
                batch.add(offered.take());
                offered.drainTo(batch);
                send(batch);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("Sending answers to other servers failed, will go on", e);
            } finally {
                batch.clear();
            }
        }
    }

    /** What cannot be sent is not sent again: it is in the database within a second. */
    private void send(List<TokenStreams.Source> sources) {
        redis.attempt(() -> {
            try (var pipeline = redis.client().pipelined()) {
                for (var source : sources) {
                    source.taken();
                    boolean over = source.isOver();
                    var key = TokenStreams.key(redis, source.id());
                    for (var piece : source.news()) {
                        pipeline.xadd(key, entry(piece.end(), 0),
                                Map.of(piece.isThinking() ? TokenStreams.THINKING : TokenStreams.TEXT, piece.text(), TokenStreams.START,
                                        Integer.toString(piece.start())));
                    }
                    if (over) {
                        pipeline.xadd(key, entry(source.place(), 1), Map.of(TokenStreams.OVER, "1"));
                    }
                    pipeline.expire(key, (over ? TokenStreams.KEPT : ABANDONED).toSeconds());
                }
                pipeline.sync();
            }
        });
    }

    private static XAddParams entry(long place, long number) {
        return XAddParams.xAddParams().id(new StreamEntryID(place, number)).maxLen(TokenStreams.ENTRIES).approximateTrimming();
    }
}
