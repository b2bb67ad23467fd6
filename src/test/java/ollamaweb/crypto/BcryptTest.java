package ollamaweb.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import ollamaweb.crypto.Bcrypt;
import ollamaweb.http.ApiException;
import org.junit.jupiter.api.Test;

class BcryptTest {

    private static final int COST = 12;

    @Test
    void who_finds_the_lane_full_is_told_to_come_back_and_who_waits_when_it_closes_is_let_go() throws Exception {
        var crowd = Executors.newCachedThreadPool();
        var turnedAway = new CompletableFuture<ApiException>();
        try (var bcrypt = new Bcrypt("pool", COST)) {
            for (int i = 0; i < 100; i++) {
                crowd.execute(() -> hash(bcrypt, turnedAway));
            }
            assertThat(turnedAway.get().status()).isEqualTo(429);
            assertThat(turnedAway.get().retryAfterSeconds()).isPositive();
        }
        crowd.shutdown();
        assertThat(crowd.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothing_matches_the_hash_of_nobody() {
        try (var bcrypt = new Bcrypt("pool", 4)) {
            assertThat(bcrypt.matches("secret", bcrypt.dummyHash())).isFalse();
            assertThat(bcrypt.matches("secret", bcrypt.hash("secret"))).isTrue();
        }
    }

    private static void hash(Bcrypt bcrypt, CompletableFuture<ApiException> turnedAway) {
        try {
            bcrypt.hash("secret");
        } catch (ApiException e) {
            turnedAway.complete(e);
        } catch (CancellationException letGo) {
            // The pool closed while this one waited.
        }
    }
}
