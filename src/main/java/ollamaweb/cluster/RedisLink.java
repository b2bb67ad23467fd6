package ollamaweb.cluster;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ollamaweb.concurrent.Threads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Redis between the servers of one database. It makes things immediate and nothing right: whatever it carries is in the
 * database too, so that it may be away at any moment. Its keys begin with {@code ollama-web:} and the database's own id.
 */
final class RedisLink implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
    private static final int PORT = 6379;
    private static final int TIMEOUT_MILLIS = 2000;
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int MOST_WAITING = 10_000;
    private static final String CHANNEL = "announcements";
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\d{1,4})\\.(\\d{1,4})");
    private static final int[] OLDEST = {6, 2};

    private final RedisClient client;
    private final String prefix;
    private final Thread subscriber = Threads.daemon("redis-subscriber", this::subscribe);
    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING), Threads.small("redis-sender"), new ThreadPoolExecutor.DiscardPolicy());
    private final Subscription subscription = new Subscription();
    private volatile Consumer<String> listener = message -> {};
    private volatile boolean isUp = true;
    private volatile boolean closing;

    /** @param url as {@link RedisUrl} has checked it */
    RedisLink(URI url, String deploymentId) {
        var config = DefaultJedisClientConfig.builder(url).timeoutMillis(TIMEOUT_MILLIS).clientName("ollama-web").build();
        this.client = RedisClient.builder()
                .hostAndPort(new HostAndPort(url.getHost(), url.getPort() < 0 ? PORT : url.getPort()))
                .clientConfig(config)
                .build();
        this.prefix = "ollama-web:" + deploymentId + ":";
    }

    /**
     * One that is away may come back; one that refuses this server will not change its mind.
     *
     * @throws IOException if Redis answers that it will not do; the message is one line and names the setting
     */
    void requireUsable() throws IOException {
        try {
            client.ping();
            var version = VERSION.matcher(client.info("server"));
            if (version.find() && Arrays.compare(numbers(version), OLDEST) < 0) {
                throw new IOException(
                        "REDIS_URL: this needs Redis 6.2 or later; the server is " + version.group(1) + "." + version.group(2));
            }
        } catch (JedisConnectionException e) {
            away(e);
        } catch (JedisException e) {
            throw new IOException("REDIS_URL: Redis refuses this server: " + e.getMessage(), e);
        }
    }

    private static int[] numbers(Matcher version) {
        return new int[] {Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))};
    }

    /** @param heard is given what servers publish, this one too; must not block */
    void onMessage(Consumer<String> heard) {
        listener = heard;
        subscriber.start();
    }

    /** Tells all servers, soon; or nobody, when Redis is away. */
    void publish(String message) {
        later(() -> client.publish(key(CHANNEL), message));
    }

    /** Has it done soon, in the order of the calls; or not at all, when Redis is away. */
    void later(Runnable command) {
        sender.execute(() -> attempt(command));
    }

    /** @return whether Redis answers; asks it */
    boolean answers() {
        return attempt(client::ping);
    }

    RedisClient client() {
        return client;
    }

    String key(String name) {
        return prefix + name;
    }

    /** @return whether it was done; that Redis is away is said once in the log, and once when it is back */
    boolean attempt(Runnable command) {
        try {
            command.run();
            if (!isUp) {
                isUp = true;
                log.info("Redis is back");
            }
            return true;
        } catch (JedisException e) {
            away(e);
            return false;
        }
    }

    private void away(JedisException e) {
        if (isUp && !closing) {
            isUp = false;
            log.warn("Redis is away; servers hear of each other by the database meanwhile: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closing = true;
        sender.shutdown();
        attempt(() -> {
            if (subscription.isSubscribed()) {
                subscription.unsubscribe();
            }
        });
        client.close();
        subscriber.interrupt();
    }

    /** Ends only with the link, or when the connection breaks. */
    private void subscribe() {
        while (!closing) {
            attempt(() -> client.subscribe(subscription, key(CHANNEL)));
            if (!closing) {
                Threads.pause(RETRY);
            }
        }
    }

    private final class Subscription extends JedisPubSub {
        @Override
        public void onMessage(String channel, String message) {
            listener.accept(message);
        }
    }
}
