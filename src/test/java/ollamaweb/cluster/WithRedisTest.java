package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Await;
import ollamaweb.testing.Redis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three servers with a Redis between them. */
@Timeout(60)
@Tag("strain")
class WithRedisTest extends SeveralServersTests {

    private static Redis redis;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = Redis.start();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.close();
    }

    @Override
    String[] settings() {
        return new String[] {"REDIS_URL", redis.url()};
    }

    @Test
    void an_answer_is_whole_when_redis_dies_in_its_middle_and_comes_back() throws Exception {
        var first = new Gate();
        var second = new Gate();
        var third = new Gate();
        cluster().ollama().model("tiny", say("one ").then(hold(first), say("two "), hold(second), say("three "), hold(third), say("four")));
        assertHealth("healthy", "ok");
        try (var asked = elsewhere(0).ask("{\"message\":\"Hi\",\"model_name\":\"tiny\"}")) {
            long answer = answerOf(asked);
            try (var there = elsewhere(1).follow(answer)) {
                assertThat(read(there, "one ")).isEqualTo("one ");
                redis.kill();
                first.open();
                assertThat(read(there, "two ")).isEqualTo("two ");
                assertHealth("degraded", "error");
                redis.restart();
                second.open();
                assertThat(read(there, "three ")).isEqualTo("three ");
                assertHealth("healthy", "ok");
                try (var late = elsewhere(2).follow(answer)) {
                    third.open();
                    assertThat(text(late.rest())).isEqualTo("one two three four");
                }
                assertThat(there.rest()).extracting(Event::name).endsWith("done");
            }
            assertThat(text(asked.rest())).isEqualTo("one two three four");
        }
    }

    private void assertHealth(String status, String state) {
        var anonymous = cluster().server(1).anonymous();
        Await.await(Duration.ofSeconds(20), () -> anonymous.get("/api/v1/health").json().path("status").asText().equals(status),
                () -> "not " + status);
        var health = anonymous.get("/api/v1/health");
        assertThat(health).isOk();
        assertThat(health.json().path("services").path("redis").asText()).isEqualTo(state);
    }
}
