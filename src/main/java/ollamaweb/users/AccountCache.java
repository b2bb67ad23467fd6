package ollamaweb.users;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * Something of each account that is asked for often: remembered for a minute, so that asking costs nothing, and looked up anew once
 * it was changed, also on another server.
 *
 * @param <V> what is remembered
 */
public final class AccountCache<V> {

    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
    private static final int MAX_ACCOUNTS = 10_000;

    private final LongFunction<V> lookUp;
    private final Cache<Long, V> remembered =
            Caffeine.newBuilder().maximumSize(MAX_ACCOUNTS).expireAfterWrite(REMEMBERED_FOR).build();
    private LongConsumer announcer = userId -> {};

    /** @param lookUp never gives null; what it throws, {@link #of} throws */
    public AccountCache(LongFunction<V> lookUp) {
        this.lookUp = lookUp;
    }

    /** @return what the account has */
    public V of(long userId) {
        return remembered.get(userId, lookUp::apply);
    }

    /** @param other tells other servers whose was changed here */
    public void announceBy(LongConsumer other) {
        announcer = other;
    }

    /** The account has something else now, and that is committed. */
    public void changed(long userId) {
        forget(userId);
        announcer.accept(userId);
    }

    /** From now on it is looked up anew. */
    public void forget(long userId) {
        remembered.invalidate(userId);
    }
}
