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
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ollamaweb.http.ApiException;

/**
 * How many wrong passwords are listened to within ten minutes: for an account from one address, from an address, for an
 * account. An address from which the account signed in before has only the first of these limits, so that nobody who
 * guesses elsewhere, or at other accounts, locks the owner out. Several servers on one database tell each other of failures,
 * within a second, and so count the same.
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

    private static final String FAILED = "failed";
    private static final String MADE_GOOD = "made-good";

    private final Ticker ticker;
    private final long started;
    private final Cache<Key, RecentFailures> failures;
    /** What other servers announced, which may come twice. */
    private final Cache<String, Boolean> heard;
    private volatile Consumer<String> announcer = announcement -> {};

    /** Half of a digest, so that a name of any length takes little memory. */
    private record Key(long high, long low) {

        static Key parse(String text) {
            var halves = text.split(":", 2);
            return new Key(Long.parseLong(halves[0]), Long.parseLong(halves[1]));
        }

        @Override
        public String toString() {
            return high + ":" + low;
        }
    }

    private record Counted(Key key, int limit) {}

    /** @param ticker tells how long ago a failure was */
    SignInLimits(Ticker ticker) {
        this.ticker = ticker;
        this.started = ticker.read();
        this.failures = Caffeine.newBuilder().ticker(ticker).maximumSize(COUNTED_AT_ONCE).expireAfterAccess(WINDOW).build();
        this.heard = Caffeine.newBuilder().ticker(ticker).maximumSize(COUNTED_AT_ONCE).expireAfterWrite(WINDOW).build();
    }

    /** @param announcer is given what other servers have to know: what failed here, and what was made good */
    void announceBy(Consumer<String> announcer) {
        this.announcer = announcer;
    }

    /** To be called with what another server was given by its own {@link #announceBy}. */
    synchronized void announcedElsewhere(String announcement) {
        var words = announcement.split(" ");
        if (heard.asMap().putIfAbsent(words[1], true) != null) {
            return;
        }
        int now = now();
        for (var word : words[2].split(",")) {
            if (words[0].equals(FAILED)) {
                count(Key.parse(word), now);
            } else {
                failures.invalidate(Key.parse(word));
            }
        }
    }

    private void announce(String what, Stream<Counted> counted) {
        var id = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
        announcer.accept(what + " " + id + " " + counted.map(each -> each.key().toString()).collect(Collectors.joining(",")));
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
        boolean goodRecord = known && countOf(pair, now) < GOOD_RECORD;
        counted.forEach(each -> count(each.key(), now));
        return new Attempt(counted, goodRecord, now);
    }

    private void count(Key key, int now) {
        failures.get(key, unknown -> new RecentFailures((int) WINDOW.toSeconds())).add(now);
    }

    private int countOf(Counted each, int now) {
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
            announce(FAILED, counted.stream());
        }

        /** A right password makes good for the wrong ones of this account from this address. */
        void succeeded() {
            close();
            var pair = counted.get(0);
            if (failures.getIfPresent(pair.key()) != null) {
                failures.invalidate(pair.key());
                announce(MADE_GOOD, Stream.of(pair));
            }
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
