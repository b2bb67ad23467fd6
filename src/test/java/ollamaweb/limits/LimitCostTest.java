package ollamaweb.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.http.Context;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import ollamaweb.Settings;
import ollamaweb.cluster.Peers;
import ollamaweb.http.CurrentUser;
import ollamaweb.http.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitCostTest {

    private static final int ACCOUNTS = 10_000;
    private static final int ROUNDS = 12;
    private static final double LIMIT_MICROS = 20;

    @Test
    void a_limit_costs_a_request_less_than_twenty_microseconds_of_processor_time(@TempDir Path folder) throws Exception {
        try (var database = Settings.of(Map.of("DATABASE_URL", "jdbc:sqlite:" + folder.resolve("limits.db"))).storage().open();
                var peers = Peers.open(database, null, Clock.systemUTC());
                var buckets = new Buckets(peers, Ticker.systemTicker())) {
            var limiter = new RequestLimiter(new RateLimits(true, 600, 60, 60), buckets, new DailyTokens(database, Clock.systemUTC()));

            double micros = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                micros = Math.min(micros, microsOfARequest(limiter));
            }

            System.out.printf("A limit costs %.2f µs a request with %d accounts%n", micros, ACCOUNTS);
            assertThat(micros).isLessThan(LIMIT_MICROS);
        }
    }

    private static double microsOfARequest(RequestLimiter limiter) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (long account = 1; account <= ACCOUNTS; account++) {
            limiter.check(requestOf(CurrentUser.ofKey(account, account)));
        }
        return TimeUnit.NANOSECONDS.toMicros(threads.getCurrentThreadCpuTime() - start) / (double) ACCOUNTS;
    }

    /** What the limiter asks of a question to a model, and no more; what that costs is measured, too. */
    private static Context requestOf(CurrentUser user) {
        return (Context) Proxy.newProxyInstance(Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, args) -> {
            if (method.getName().equals("routeRoles")) {
                return Set.of(Role.ASK);
            } else if (method.getName().equals("attribute")) {
                return user;
            } else if (method.getName().equals("header")) {
                return proxy;
            }
            throw new UnsupportedOperationException(method.getName());
        });
    }
}
