package ollamaweb.limits;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** These limits hold where those by the minute are off. */
class DailyTokenTest {

    private static final String KEYS = "/api/v1/users/me/api-keys";
    private static final String QUESTION = "{\"model_name\":\"echo\",\"message\":\"hello\",\"stream\":false}";
    private static final String DOOR = "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"hello there\"}]}";
    private static final String OF_KEY = "The tokens that this key may have today are used up";
    private static final String OF_ACCOUNT = "The tokens that this account may have today are used up";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_key_asks_until_its_tokens_of_the_day_are_used_up() {
        var limited = key("{\"name\":\"k\",\"tokens_per_day\":1}");
        var first = limited.post("/api/chat/stream", QUESTION);
        assertThat(first).isOk().hasHeader("RateLimit-Policy", "\"key-tokens\";q=1;w=86400;qu=\"tokens\"");

        var refused = limited.post("/api/chat/stream", QUESTION);
        assertThat(refused).isError(429, OF_KEY);
        assertThat(Long.parseLong(refused.headers().get("Retry-After"))).as("midnight is in 14 hours").isBetween(50_000L, 50_400L);
        assertThat(limited.get("/api/conversations")).isOk();
        assertThat(app.as("ada").post("/api/chat/stream", QUESTION)).isOk();
        app.clock().advance(Duration.ofHours(14));
        assertThat(limited.post("/api/chat/stream", QUESTION)).isOk();
    }

    @Test
    void an_accounts_tokens_are_those_of_all_its_keys() {
        var one = key("{\"name\":\"one\"}");
        assertThat(one.post("/api/chat/stream", QUESTION)).isOk();
        assertThat(app.as("ada").patch("/api/v1/users/1", "{\"tokens_per_day\":1}")).isOk();

        assertThat(app.as("ada").post("/api/chat/stream", QUESTION)).isError(429, OF_ACCOUNT);
        assertThat(app.as("bob").post("/api/chat/stream", QUESTION)).isOk();
        app.restart();
        assertThat(app.with("key-of-ada").post("/api/chat/stream", QUESTION)).isError(429, OF_ACCOUNT);
    }

    @Test
    void what_passes_through_the_doors_counts_too() {
        var limited = key("{\"name\":\"k\",\"tokens_per_day\":1}");
        assertThat(limited.post("/api/chat", DOOR)).isOk();
        awaitCounted();

        assertThat(limited.post("/api/chat", DOOR).json().path("error").asText()).isEqualTo(OF_KEY);
        var other = limited.post("/v1/chat/completions", DOOR);
        assertThat(other).hasStatus(429);
        assertThat(other.json().at("/error/message").asText()).isEqualTo(OF_KEY);
    }

    @Test
    void of_the_days_before_nothing_is_kept() {
        var limited = key("{\"name\":\"k\",\"tokens_per_day\":100000}");
        assertThat(limited.post("/api/chat/stream", QUESTION)).isOk();
        app.clock().advance(Duration.ofDays(1));
        assertThat(limited.post("/api/chat/stream", QUESTION)).isOk();

        assertThat(Rows.one(app.database(), "SELECT COUNT(DISTINCT day) FROM daily_tokens")).isEqualTo("1");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM daily_tokens")).isEqualTo("2");
    }

    private void awaitCounted() {
        Await.await(Duration.ofSeconds(20), () -> Rows.one(app.database(), "SELECT 1 FROM daily_tokens") != null,
                () -> "nothing is counted");
    }

    private Client key(String body) {
        return app.with(app.as("ada").post(KEYS, body).json().path("data").path("api_key").asText());
    }
}
