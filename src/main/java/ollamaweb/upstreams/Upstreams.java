package ollamaweb.upstreams;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import ollamaweb.crypto.Encryption;
import ollamaweb.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which servers each account's models may be on beside its Ollama; remembered for a minute, so that asking costs nothing. */
public final class Upstreams {

    private static final Logger log = LoggerFactory.getLogger(Upstreams.class);
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
    private static final int MAX_USERS = 10_000;

    private final UpstreamDao rows;
    private final List<FixedUpstream> fixed;
    private final Encryption encryption;
    private final Cache<Long, List<ActiveUpstream>> active;

    /**
     * @param fixed  what the server's settings name
     * @param ticker tells the age of what is remembered
     */
    public Upstreams(Database database, List<FixedUpstream> fixed, Encryption encryption, Ticker ticker) {
        this.rows = database.reader(UpstreamDao.class);
        this.fixed = List.copyOf(fixed);
        this.encryption = encryption;
        this.active = Caffeine.newBuilder().ticker(ticker).maximumSize(MAX_USERS).expireAfterWrite(REMEMBERED_FOR).build();
    }

    /** @return those that are switched on, in the order in which their models are looked for; no name twice: an account's own is meant */
    public List<ActiveUpstream> of(long userId) {
        return active.get(userId, this::load);
    }

    /** @return the hosts of services that every account may have a key for, by https */
    public static Set<String> services() {
        return UpstreamRules.SERVICES;
    }

    /** From now on the account's are looked up anew. */
    public void forget(long userId) {
        active.invalidate(userId);
    }

    /** As {@link #forget}, for everybody. */
    public void forgetAll() {
        active.invalidateAll();
    }

    List<FixedUpstream> fixed() {
        return fixed;
    }

    private List<ActiveUpstream> load(long userId) {
        var found = new ArrayList<ActiveUpstream>();
        for (var row : rows.list(userId)) {
            var url = HttpUrl.parse(row.url());
            if (row.enabled() && url != null) {
                found.add(new ActiveUpstream(row.name(), row.kind(), url, key(row), row.shared(), row.priority(), row.id()));
            }
        }
        fixed.forEach(upstream -> found.add(upstream.active()));
        var ownNames = found.stream().filter(upstream -> !upstream.shared()).map(ActiveUpstream::name).toList();
        found.removeIf(upstream -> upstream.shared() && ownNames.contains(upstream.name()));
        found.sort(Comparator.comparingInt(ActiveUpstream::priority).thenComparing(ActiveUpstream::shared)
                .thenComparing(ActiveUpstream::id));
        return List.copyOf(found);
    }

    private String key(StoredUpstream row) {
        if (row.apiKey() == null) {
            return null;
        }
        var key = encryption.decrypt(row.apiKey(), place(row.userId()));
        if (key.isEmpty()) {
            log.warn("The key of upstream {} cannot be read with this SECRET_KEY; save it again", row.id());
        }
        return key.orElse(null);
    }

    /** @return what {@code key} is to be kept as; null where there is none */
    String encrypted(String key, long userId) {
        return key == null ? null : encryption.encrypt(key, place(userId));
    }

    private static String place(long userId) {
        return "upstream of " + userId;
    }
}
