package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.Redis;
import org.junit.jupiter.api.Test;

class SharedRateLimitTest {

    private static final int LIMIT = 60;
    private static final String[] LIMITED = {"RATE_LIMIT_ENABLED", "true", "RATE_LIMIT_PER_MINUTE", Integer.toString(LIMIT)};

    @Test
    void with_redis_two_servers_give_as_much_as_one_and_without_it_nothing_is_refused() throws Exception {
        try (var redis = Redis.start();
                var cluster = Cluster.of(2, LIMITED[0], LIMITED[1], LIMITED[2], LIMITED[3], "REDIS_URL", redis.url())) {
            var key = newKey(cluster);
            awaitEachOther(cluster, key);
            turnOn(cluster, Duration.ofMinutes(2));

            int answered = 0;
            for (int i = 0; i < 2 * LIMIT; i++) {
                answered += cluster.server(i % 2).with(key).get("/api/config/get").status() == 200 ? 1 : 0;
            }
            assertThat(answered).as("some come back meanwhile").isBetween(LIMIT, LIMIT + 5);

            redis.kill();
            turnOn(cluster, Duration.ofMinutes(2));
            assertThat(cluster.server(0).with(key).get("/api/config/get")).isOk();
            assertThat(cluster.server(1).with(key).get("/api/config/get")).isOk();
        }
    }

    @Test
    void without_redis_one_server_hears_within_a_second_what_the_other_gave() throws Exception {
        try (var cluster = Cluster.of(2, LIMITED)) {
            var key = newKey(cluster);
            turnOn(cluster, Duration.ofMinutes(2));
            while (cluster.server(0).with(key).get("/api/config/get").status() == 200) {
                // until all is used up here
            }

            Await.await(Duration.ofSeconds(20), () -> left(cluster.server(1).with(key)) < LIMIT / 2,
                    () -> "the other server gives all of it again");
        }
    }

    private static String newKey(Cluster cluster) {
        var made = cluster.server(0).as("ada").post("/api/v1/users/me/api-keys", "{\"name\":\"k\"}");
        return made.json().path("data").path("api_key").asText();
    }

    /** Until both ask Redis: what one takes the other misses. */
    private static void awaitEachOther(Cluster cluster, String key) {
        Await.await(Duration.ofSeconds(20), () -> {
            turnOn(cluster, Duration.ofMinutes(2));
            for (int i = 0; i < LIMIT / 2; i++) {
                cluster.server(0).with(key).get("/api/config/get");
            }
            return left(cluster.server(1).with(key)) < LIMIT;
        }, () -> "the servers do not count together");
    }

    private static void turnOn(Cluster cluster, Duration time) {
        cluster.server(0).clock().advance(time);
        cluster.server(1).clock().advance(time);
    }

    private static long left(Client client) {
        var header = client.get("/api/config/get").headers().get("RateLimit");
        return Long.parseLong(header.replaceAll(".*\"account\";r=(\\d+);.*", "$1"));
    }
}
