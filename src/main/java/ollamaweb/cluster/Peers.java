package ollamaweb.cluster;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import ollamaweb.cluster.Servers.OwnedWork;
import ollamaweb.db.Database;

/**
 * This server among those that use the same database: who they are, what they tell each other, and the answers that pass
 * between them. On a database that it has for itself it is alone, and nothing of this runs.
 */
public final class Peers implements AutoCloseable {

    private static final String JOINED = "joined";

    private final boolean isShared;
    private final Servers servers;
    private final RedisLink redis;
    private final Announcements announcements;
    private final TokenStreams streams;
    private final SharedBuckets buckets;

    private Peers(Database database, RedisLink redis, Clock clock) {
        this.isShared = database.isShared();
        this.servers = new Servers(database);
        this.redis = redis;
        this.announcements = new Announcements(database, servers::id, redis, clock);
        this.streams = redis == null || !isShared ? null : new TokenStreams(redis, announcements, Long.toString(servers.id()));
        this.buckets = redis == null || !isShared ? null : new SharedBuckets(redis, clock);
    }

    /**
     * Prepares what {@link #start} begins with; to be closed also if that is never called.
     *
     * @param redisUrl as {@link RedisUrl} gives it, or null
     * @throws IOException if Redis refuses this server; the message is one line and names the setting
     */
    public static Peers open(Database database, URI redisUrl, Clock clock) throws IOException {
        if (redisUrl == null) {
            return new Peers(database, null, clock);
        }
        var redis = new RedisLink(redisUrl, database.identity());
        try {
            redis.requireUsable();
        } catch (IOException e) {
            redis.close();
            throw e;
        }
        return new Peers(database, redis, clock);
    }

    /**
     * Joins the others, and releases what those that are gone have left.
     *
     * @param owned all the kinds of work that belong to servers
     */
    public void start(List<OwnedWork> owned) {
        announcements.on(JOINED, id -> servers.noteOther());
        servers.start(owned);
        announcements.start();
        announcements.publish(JOINED, Long.toString(servers.id()));
        if (streams != null) {
            streams.start();
        }
    }

    /** @return this server's own id: another one after each start, and after it was taken for gone */
    public long serverId() {
        return servers.id();
    }

    /** @return whether there can be others */
    public boolean canHaveOthers() {
        return isShared;
    }

    public Announcements announcements() {
        return announcements;
    }

    /** @return how answers pass between servers as they are made; empty without Redis */
    public Optional<TokenStreams> streams() {
        return Optional.ofNullable(streams);
    }

    /** @return what all servers take tokens from; empty without Redis */
    public Optional<SharedBuckets> buckets() {
        return Optional.ofNullable(buckets);
    }

    /** @return whether there were other servers a few seconds ago */
    public boolean hasOthers() {
        return servers.hasOthers();
    }

    /** @return whether Redis answers, which is asked; false if none was named */
    public boolean redisAnswers() {
        return redis != null && redis.answers();
    }

    public boolean hasRedis() {
        return redis != null;
    }

    /** Leaves; to be called once nothing of this server is under way. */
    @Override
    public void close() {
        if (streams != null) {
            streams.close();
        }
        announcements.close();
        servers.close();
        if (redis != null) {
            redis.close();
        }
    }
}
