package ollamaweb.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import ollamaweb.db.Database;

/** What keys were made for. A key is never changed, so that what is known of it stays right. */
public final class KeyDefaults {

    private static final int REMEMBERED = 10_000;

    private final ApiKeyDao keys;
    private final Cache<Long, Boolean> stores = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    public KeyDefaults(Database database) {
        this.keys = database.reader(ApiKeyDao.class);
    }

    /** @return whether what is asked with the key is kept where the request says nothing */
    public boolean stores(long keyId) {
        return stores.get(keyId, keys::stores);
    }
}
