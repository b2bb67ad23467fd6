package ollamaweb.limits;

import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import ollamaweb.cluster.Peers;
import ollamaweb.cluster.SharedBuckets;
import ollamaweb.concurrent.Threads;

/**
 * Buckets of tokens, one for everybody who is counted. Alone a server has them in memory. Among several it asks Redis, too,
 * whose buckets are everybody's; without Redis, or while it is away, the servers tell each other twice a second what they took
 * of buckets that are half empty, so that all together give little more than one would.
 */
public final class Buckets implements AutoCloseable {

    private static final String TOPIC = "limits";
    private static final Duration TELL = Duration.ofMillis(500);
    private static final int TOLD_AT_ONCE = 2000;
    private static final int REMEMBERED = 10_000;

    private final Peers peers;
    private final SharedBuckets shared;
    private final LocalBuckets local;
    private final Set<String> heard = new LinkedHashSet<>();
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, Threads.small("limits"));

    /** @param ticker tells how much time has passed */
    public Buckets(Peers peers, Ticker ticker) {
        this.peers = peers;
        this.shared = peers.buckets().orElse(null);
        this.local = new LocalBuckets(time(ticker));
        peers.announcements().on(TOPIC, this::hear);
    }

    /** Begins to tell other servers, where there can be any. */
    public void start() {
        if (peers.canHaveOthers()) {
            var unused = scheduler.scheduleWithFixedDelay(this::tell, TELL.toMillis(), TELL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Takes a token, if there is one.
     *
     * @param name of the bucket
     */
    ConsumptionProbe take(String name, Limit limit) {
        var taken = local.get(name, limit.configuration());
        var probe = taken.bucket().tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            return probe;
        }
        taken.took();
        if (shared == null || !peers.hasOthers()) {
            return probe;
        }
        return shared.take(name, limit.configuration()).orElse(probe);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void tell() {
        if (!peers.hasOthers() || shared != null && shared.answers()) {
            return;
        }
        var words = new ArrayList<String>();
        local.tell(TOLD_AT_ONCE, (name, capacity, tokens) -> words.add(name + "=" + capacity + "=" + tokens));
        if (!words.isEmpty()) {
            peers.announcements().publish(TOPIC, Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX)
                    + " " + String.join(" ", words));
        }
    }

    /** What is told may come twice. */
    private void hear(String told) {
        var words = List.of(told.split(" "));
        if (!isNew(words.get(0))) {
            return;
        }
        for (var word : words.subList(1, words.size())) {
            var parts = word.split("=", 3);
            local.takenElsewhere(parts[0], Limit.of(parts[0], Integer.parseInt(parts[1])).configuration(), Long.parseLong(parts[2]));
        }
    }

    private synchronized boolean isNew(String id) {
        if (heard.size() > REMEMBERED) {
            heard.remove(heard.iterator().next());
        }
        return heard.add(id);
    }

    private static TimeMeter time(Ticker ticker) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return ticker.read();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }
}
