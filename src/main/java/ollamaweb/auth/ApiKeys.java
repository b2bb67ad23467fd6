package ollamaweb.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import ollamaweb.crypto.Bcrypt;
import ollamaweb.crypto.SecretKey;
import ollamaweb.db.Database;
import ollamaweb.http.Authenticator;
import ollamaweb.http.ClientAddress;
import ollamaweb.http.CurrentUser;
import ollamaweb.json.Texts;

/**
 * Knows whose an API key is. A key is found by its keyed digest, verified by its bcrypt hash, and then cached for a
 * minute, so that a request costs no query and no bcrypt.
 */
public final class ApiKeys implements Authenticator {

    private static final String PREFIX = "owg_";
    private static final int RANDOM_BYTES = 32;
    private static final int MAX_CHARACTERS = 256;
    private static final int MAX_CACHED = 100_000;
    private static final Duration CACHE_LIFETIME = Duration.ofMinutes(1);

    private final Database database;
    private final ApiKeyDao stored;
    private final SecretKey secret;
    private final Bcrypt bcrypt;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, CachedKey> cached =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).expireAfterWrite(CACHE_LIFETIME).build();

    /** The keys whose use has been noted within the last minute. */
    private final Cache<Long, Boolean> noted = Caffeine.newBuilder().maximumSize(MAX_CACHED).expireAfterWrite(CACHE_LIFETIME).build();

    /** A key that was verified. */
    private record CachedKey(CurrentUser user, Instant expiresAt) {}

    public ApiKeys(Database database, SecretKey secret, Bcrypt bcrypt, Clock clock) {
        this.database = database;
        this.stored = database.reader(ApiKeyDao.class);
        this.secret = secret;
        this.bcrypt = bcrypt;
        this.clock = clock;
    }

    @Override
    public Optional<CurrentUser> authenticate(String key) {
        if (Texts.length(key) > MAX_CHARACTERS) {
            return Optional.empty();
        }
        var digest = secret.digest(key);
        return current(cached.get(digest, unknown -> verified(key, digest)));
    }

    /** @return the holder of a key that was verified when a session was opened with it; empty once it is revoked or expired */
    Optional<CurrentUser> holderOf(String digest) {
        return current(cached.get(digest, unknown -> known(digest).orElse(null)));
    }

    /** @return a new key: the prefix and 256 random bits */
    String generate() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String digest(String key) {
        return secret.digest(key);
    }

    String hash(String key) {
        return bcrypt.hash(key);
    }

    /** @return the key as lists show it: enough to recognise, too little to use */
    static String hint(String key) {
        return key.length() < 16 ? "…" : key.substring(0, 6) + "…" + key.substring(key.length() - 4);
    }

    /** Believes in a key that was just made and does not expire. */
    void cache(String key, CurrentUser holder) {
        cached.put(secret.digest(key), new CachedKey(holder, null));
    }

    /** Stops believing in keys at once. */
    void forget(Collection<String> digests) {
        cached.invalidateAll(digests);
    }

    /**
     * Notes the use of a key, if the caller holds one and that was not noted within the last minute: nobody waits for the
     * write, and at most one a minute is made for a key, whatever the number of servers.
     */
    public void used(CurrentUser user, ClientAddress address) {
        var keyId = user.keyId();
        if (keyId != null && noted.getIfPresent(keyId) == null && noted.asMap().putIfAbsent(keyId, true) == null) {
            var now = clock.instant();
            var unused = database.submit(tx -> tx.dao(ApiKeyDao.class).touch(keyId, address.text(), now, now.minus(CACHE_LIFETIME)));
        }
    }

    private Optional<CurrentUser> current(CachedKey key) {
        return Optional.ofNullable(key).filter(found -> isCurrent(found.expiresAt())).map(CachedKey::user);
    }

    private Optional<CachedKey> known(String digest) {
        return stored.find(digest)
                .map(found -> new CachedKey(CurrentUser.ofKey(found.userId(), found.id(), found.terms()), found.expiresAt()));
    }

    private CachedKey verified(String key, String digest) {
        return stored.find(digest)
                .filter(found -> isCurrent(found.expiresAt()))
                .filter(found -> bcrypt.matches(key, found.keyHash()))
                .map(found -> new CachedKey(CurrentUser.ofKey(found.userId(), found.id(), found.terms()), found.expiresAt()))
                .orElse(null);
    }

    private boolean isCurrent(Instant expiresAt) {
        return expiresAt == null || expiresAt.isAfter(clock.instant());
    }
}
