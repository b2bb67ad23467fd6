package ollamaweb.cluster;

import java.net.URI;
import redis.clients.jedis.util.JedisURIHelper;

/** The forms that {@code REDIS_URL} may have. */
public final class RedisUrl {

    private static final String FORMS = "must look like redis://user:password@host:6379/0 or rediss://host:6379/0";

    private RedisUrl() {}

    /** @throws IllegalArgumentException if it is no URL of a Redis; the message shows nothing of it */
    public static URI parse(String text) {
        try {
            var url = URI.create(text);
            boolean isRedis = JedisURIHelper.isRedisScheme(url) || JedisURIHelper.isRedisSSLScheme(url);
            if (isRedis && url.getHost() != null && (url.getPath().isEmpty() || url.getPath().matches("/[0-9]{0,4}"))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FORMS + ", with @ / : % in user and password percent-encoded", e);
        }
        throw new IllegalArgumentException(FORMS);
    }
}
