package ollamaweb.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ollamaweb.http.ApiException;

/**
 * How many wrong passwords are listened to within ten minutes: for an account from one address, from an address, for an
 * account. An address from which the account signed in before has only the first of these limits, so that nobody who
 * guesses elsewhere, or at other accounts, locks the owner out.
 */
final class SignInLimits {

    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int PER_ACCOUNT_AND_ADDRESS = 10;
    private static final int PER_ADDRESS = 30;
    private static final int PER_ACCOUNT = 100;
    /** So many failures are a typing mistake. */
    private static final int GOOD_RECORD = 3;
    /** Far more than can fail within the window: each failure costs a hash. */
    private static final int COUNTED_AT_ONCE = 100_000;

    private final Ticker ticker;
    private final long started;
    private final Cache<Key, RecentFailures> failures;

    /** Half of a digest, so that a name of any length takes little memory. */
    private record Key(long high, long low) {}

    private record Counted(Key key, int limit) {}

    /** @param ticker tells how long ago a failure was */
    SignInLimits(Ticker ticker) {
        this.ticker = ticker;
        this.started = ticker.read();
        this.failures = Caffeine.newBuilder().ticker(ticker).maximumSize(COUNTED_AT_ONCE).expireAfterAccess(WINDOW).build();
    }

    /**
     * Counts a failure before the password is looked at, so that guesses made at the same time are counted, too.
     *
     * @param account what the account is called, whether it exists or not
     * @param known   whether the account signed in from this address before
     * @throws ApiException 429 if there were too many failures
     */
    synchronized Attempt begin(String account, String address, boolean known) {
        int now = now();
        var pair = new Counted(key("pair", account, address), PER_ACCOUNT_AND_ADDRESS);
        var counted = new ArrayList<>(List.of(pair));
        if (!known) {
            counted.add(new Counted(key("address", "", address), PER_ADDRESS));
            counted.add(new Counted(key("account", account, ""), PER_ACCOUNT));
        }
        int wait = counted.stream().mapToInt(each -> secondsToWait(each, now)).max().orElse(0);
        if (wait > 0) {
            throw ApiException.tooManyRequests("Too many failed sign-ins, please try again later", wait);
        }
        boolean goodRecord = known && count(pair, now) < GOOD_RECORD;
        counted.forEach(each -> failures.get(each.key(), unknown -> new RecentFailures((int) WINDOW.toSeconds())).add(now));
        return new Attempt(counted, goodRecord, now);
    }

    private int count(Counted each, int now) {
        var recent = failures.getIfPresent(each.key());
        return recent == null ? 0 : recent.count(now);
    }

    /** Whoever is refused leaves nothing in memory. */
    private int secondsToWait(Counted each, int now) {
        var recent = failures.getIfPresent(each.key());
        return recent == null ? 0 : recent.secondsToWait(each.limit(), now);
    }

    /** One password being looked at. Closed without a word it was not looked at, and does not count. */
    final class Attempt implements AutoCloseable {

        private final List<Counted> counted;
        private final boolean goodRecord;
        private final int at;
        private boolean decided;

        private Attempt(List<Counted> counted, boolean goodRecord, int at) {
            this.counted = counted;
            this.goodRecord = goodRecord;
            this.at = at;
        }

        /** @return whether the account signed in from this address before, and hardly failed since */
        boolean hasGoodRecord() {
            return goodRecord;
        }

        void failed() {
            decided = true;
        }

        /** A right password makes good for the wrong ones of this account from this address. */
        void succeeded() {
            close();
            failures.invalidate(counted.get(0).key());
        }

        @Override
        public void close() {
            if (!decided) {
                decided = true;
                takeBack(counted, at);
            }
        }
    }

    private synchronized void takeBack(List<Counted> counted, int at) {
        for (var each : counted) {
            var recent = failures.getIfPresent(each.key());
            if (recent != null && recent.remove(at)) {
                failures.invalidate(each.key());
            }
        }
    }

    private int now() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(ticker.read() - started);
    }

    private static Key key(String kind, String account, String address) {
        try {
            var text = kind + '\n' + address + '\n' + account;
            var digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            return new Key(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
