package ollamaweb.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import ollamaweb.concurrent.Threads;
import ollamaweb.http.ApiException;
import org.mindrot.jbcrypt.BCrypt;

/**
 * bcrypt in a pool of its own: it takes a tenth of a second of a core, so only so many run at once, on threads that
 * give way to the streams, and only so many wait.
 */
public final class Bcrypt implements AutoCloseable {

    private static final int WAITING = 64;
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final int HASH_AFTER_SALT = 31;
    private static final int MAX_BYTES = 72;
    /** With no work factor that would keep the pool for hours, whatever the database says. */
    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(?:0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");
    private static final String OWN_VERSION = "$2a$";

    private final int cost;
    private final ThreadPoolExecutor pool;

    /**
     * @param name what the pool's threads are called
     * @param cost bcrypt's work factor for new hashes: two to this power rounds
     */
    public Bcrypt(String name, int cost) {
        this(name, cost, WAITING);
    }

    /** @param waiting how many may wait; whoever comes then is turned away */
    public Bcrypt(String name, int cost, int waiting) {
        this.cost = cost;
        int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.pool = new ThreadPoolExecutor(atOnce, atOnce, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting),
                Threads.lowPriority(name));
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws ApiException 429 when too many wait already */
    public String hash(String secret) {
        return onPool(() -> BCrypt.hashpw(prehash(secret), BCrypt.gensalt(cost)));
    }

    /**
     * Hashes of the versions {@code 2b} and {@code 2y} come from other programs, which hash the secret itself.
     *
     * @return whether the hash was made of this secret; false, after the time of a comparison, for a hash that is none
     * @throws ApiException 429 when too many wait already
     */
    public boolean matches(String secret, String hash) {
        return onPool(() -> {
            if (!HASH.matcher(hash).matches()) {
                return BCrypt.checkpw(prehash(secret), dummyHash());
            }
            var own = OWN_VERSION + hash.substring(OWN_VERSION.length());
            return BCrypt.checkpw(prehash(secret), own)
                    || !hash.startsWith(OWN_VERSION) && isWhole(secret) && BCrypt.checkpw(secret, own);
        });
    }

    /** @return whether bcrypt reads all of the secret: it stops after 72 bytes, and takes a text before U+0000 for one without */
    private static boolean isWhole(String secret) {
        return secret.indexOf(0) < 0 && secret.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    /** @return a hash that no secret matches, but that takes as long to compare as any other */
    public String dummyHash() {
        return BCrypt.gensalt(cost) + ".".repeat(HASH_AFTER_SALT);
    }

    @Override
    public void close() {
        pool.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
    }

    /** bcrypt reads 72 bytes and stumbles over U+0000; 44 characters of base64 carry all of any secret. */
    private static String prehash(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T onPool(Supplier<T> work) {
        try {
            Future<T> result = pool.submit(work::get);
            return result.get();
        } catch (RejectedExecutionException e) {
            throw ApiException.tooManyRequests("Too many sign-ins at once, please try again", RETRY_AFTER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
