package ollamaweb.models;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A cache whose values take long to load. Whoever asks for one that is being loaded waits for that load, and for nothing
 * else: the cache's own lock would have each caller try again after the one before, and would hold up its neighbours.
 */
final class SharedLoads<K, V> {

    private final Cache<K, V> remembered;
    private final Function<K, V> loader;
    private final ConcurrentMap<K, CompletableFuture<V>> loading = new ConcurrentHashMap<>();

    /** @param loader ends by itself in a time that can be waited for; what it throws is not remembered */
    SharedLoads(Cache<K, V> remembered, Function<K, V> loader) {
        this.remembered = remembered;
        this.loader = loader;
    }

    /** @return what is remembered, or else loaded */
    V get(K key) {
        var known = remembered.getIfPresent(key);
        return known == null ? load(key) : known;
    }

    /** @return what is remembered, or null */
    V peek(K key) {
        return remembered.getIfPresent(key);
    }

    /** @return what is loaded now, or was when a load that goes on began */
    V load(K key) {
        var mine = new CompletableFuture<V>();
        var others = loading.putIfAbsent(key, mine);
        return others == null ? run(key, mine) : await(others);
    }

    /** From now on it is loaded anew, also if a load is going on. */
    void forget(K key) {
        loading.remove(key);
        remembered.invalidate(key);
    }

    /** As {@link #forget}, for all keys that it holds of; looks at each of them. */
    void forgetAll(Predicate<K> which) {
        loading.keySet().removeIf(which);
        remembered.asMap().keySet().removeIf(which);
    }

    private V run(K key, CompletableFuture<V> mine) {
        try {
            var value = loader.apply(key);
            loading.computeIfPresent(key, (theKey, current) -> {
                if (current == mine) {
                    remembered.put(key, value);
                    return null;
                }
                return current;
            });
            mine.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            loading.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static <V> V await(CompletableFuture<V> others) {
        try {
            return others.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
