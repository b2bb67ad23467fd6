package ollamaweb.limits;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RateLimitTest {

    private static final String KEYS = "/api/v1/users/me/api-keys";
    private static final String QUESTION = "{\"model_name\":\"echo\",\"message\":\"hello\",\"stream\":false}";
    private static final String TOO_MANY = "Too many requests, please try again later";

    @RegisterExtension
    static final TestApp app = new TestApp().with("RATE_LIMIT_ENABLED", "true").with("RATE_LIMIT_PER_MINUTE", "20")
            .with("RATE_LIMIT_ANONYMOUS_PER_MINUTE", "10").with("RATE_LIMIT_CHAT_PER_MINUTE", "3").with("TRUSTED_PROXIES", "127.0.0.1");

    @BeforeEach
    void all_is_there_again() {
        app.clock().advance(Duration.ofMinutes(2));
    }

    @Test
    void an_account_has_its_minutes_requests_at_once_and_then_as_time_goes_by() {
        var ada = app.as("ada");
        for (int i = 0; i < 20; i++) {
            assertThat(ada.get("/api/config/get")).isOk();
        }

        var refused = ada.get("/api/config/get");
        assertThat(refused).isError(429, TOO_MANY);
        assertThat(seconds(refused)).isBetween(1L, 4L);
        assertThat(app.as("bob").get("/api/config/get")).isOk();
        app.clock().advance(Duration.ofSeconds(seconds(refused)));
        assertThat(ada.get("/api/config/get")).isOk();
    }

    @Test
    void each_answer_says_how_much_is_left() {
        var ada = app.as("ada");

        var answer = ada.get("/api/config/get");
        assertThat(answer).hasHeader("RateLimit-Policy", "\"account\";q=20;w=60");
        assertThat(answer.headers().get("RateLimit")).matches("\"account\";r=19;t=[1-4]");
        var asked = ada.post("/api/chat/stream", QUESTION);
        assertThat(asked).hasHeader("RateLimit-Policy", "\"chat\";q=3;w=60, \"account\";q=20;w=60");
        assertThat(asked.headers().get("RateLimit")).matches("\"chat\";r=2;t=\\d+, \"account\";r=1\\d;t=\\d+");
    }

    @Test
    void questions_have_a_limit_of_their_own_whatever_the_door() {
        var eve = app.as("eve");
        assertThat(eve.post("/api/chat/stream", QUESTION)).isOk();
        assertThat(eve.post("/v1/chat/completions", "{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}").status())
                .isNotEqualTo(429);
        assertThat(eve.post("/api/chat/stream", QUESTION)).isOk();

        assertThat(eve.post("/api/chat/stream", QUESTION)).isError(429, TOO_MANY);
        assertThat(eve.post("/v1/chat/completions", "{}").json().at("/error/type").asText()).isEqualTo("rate_limit_error");
        assertThat(eve.post("/api/chat", "{}").json().path("error").asText()).isEqualTo(TOO_MANY);
        assertThat(eve.get("/api/config/get")).isOk();
    }

    @Test
    void without_a_sign_in_an_address_is_counted_also_with_wrong_tokens() {
        var stranger = from("203.0.113.7", app.with("a-key-that-nobody-has"));
        for (int i = 0; i < 5; i++) {
            assertThat(stranger.get("/api/config/get")).hasStatus(401);
            assertThat(from("203.0.113.7", app.anonymous()).get("/api/v1/health")).hasHeader("RateLimit-Policy", "\"address\";q=10;w=60");
        }

        assertThat(stranger.get("/api/config/get")).isError(429, TOO_MANY);
        assertThat(from("203.0.113.7", app.anonymous()).post("/api/v1/auth/login", "{}")).isError(429, TOO_MANY);
        assertThat(from("203.0.113.7", app.as("ada")).get("/api/config/get")).isOk();
        assertThat(from("203.0.113.8", app.anonymous()).get("/api/v1/health")).isOk();
    }

    @Test
    void who_looks_for_what_is_not_there_is_counted_by_address() {
        var scanner = from("203.0.113.10", app.anonymous());
        for (int i = 0; i < 5; i++) {
            assertThat(scanner.get("/api/nothing")).isError(404, "Not Found").hasHeader("RateLimit-Policy", "\"address\";q=10;w=60");
            assertThat(scanner.delete("/api/v1/health").status()).isEqualTo(405);
        }

        var refused = scanner.get("/api/nothing").status();
        assertThat(refused).isEqualTo(429);
    }

    @Test
    void of_ipv6_a_subscribers_network_is_one_address() {
        for (int i = 0; i < 10; i++) {
            assertThat(from("2001:db8:1:2::" + i, app.anonymous()).get("/api/v1/health")).isOk();
        }

        assertThat(from("2001:db8:1:2:ffff::1", app.anonymous()).get("/api/v1/health")).isError(429, TOO_MANY);
        assertThat(from("2001:db8:1:3::1", app.anonymous()).get("/api/v1/health")).isOk();
    }

    @Test
    void files_of_the_page_and_of_the_documentation_are_not_counted() {
        var visitor = from("203.0.113.9", app.anonymous());
        for (int i = 0; i < 12; i++) {
            assertThat(visitor.get("/health")).isOk();
            assertThat(visitor.get("/openapi.json")).isOk();
        }

        assertThat(visitor.get("/").headers().get("RateLimit")).isNull();
        assertThat(visitor.get("/api/v1/health")).isOk();
    }

    @Test
    void a_keys_limit_holds_beside_its_accounts() {
        var limited = key(app.as("ada"), "{\"name\":\"k\",\"requests_per_minute\":2}");
        assertThat(limited.get("/api/config/get"))
                .hasHeader("RateLimit-Policy", "\"key\";q=2;w=60, \"account\";q=20;w=60");
        assertThat(limited.get("/api/config/get")).isOk();

        assertThat(limited.get("/api/config/get")).isError(429, TOO_MANY);
        assertThat(app.as("ada").get("/api/config/get")).isOk();
    }

    @Test
    void a_refused_question_takes_nothing_from_the_accounts_requests() {
        var zoe = app.as("zoe");
        for (int i = 0; i < 30; i++) {
            zoe.post("/api/chat/stream", "{}");
        }

        assertThat(zoe.get("/api/config/get").headers().get("RateLimit")).matches("\"account\";r=1\\d;t=\\d+");
    }

    private static long seconds(Answer refused) {
        return Long.parseLong(refused.headers().get("Retry-After"));
    }

    private static Client key(Client owner, String body) {
        return app.with(owner.post(KEYS, body).json().path("data").path("api_key").asText());
    }

    /** As somebody behind a proxy. */
    private static Client from(String address, Client client) {
        return client.forwardedFor(address);
    }
}
