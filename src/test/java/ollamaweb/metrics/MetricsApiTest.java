package ollamaweb.metrics;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads. */
class MetricsApiTest {

    private static final String TOKEN = "token-of-the-metrics";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @RegisterExtension
    static final TestApp open = new TestApp().with("HOST", "0.0.0.0");

    @RegisterExtension
    static final TestApp guarded = new TestApp().with("HOST", "0.0.0.0").with("METRICS_TOKEN", TOKEN);

    @Test
    void they_are_in_the_text_format_of_prometheus() {
        var answer = app.anonymous().get("/metrics");

        assertThat(answer).isOk().hasHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body().lines()).allMatch(line -> line.matches("# (HELP|TYPE) .+|[a-z][a-z0-9_]*(\\{[^ ]*.*})? [-+0-9.eEINFNa]+"));
    }

    @Test
    void requests_are_counted_by_the_pattern_of_their_route() {
        app.as("ada").get("/api/conversations/918273");
        app.anonymous().get("/no-such-place/918273");

        awaitMetric("http_server_requests_seconds_count\\{method=\"GET\",route=\"/api/conversations/\\{id}\",status=\"4xx\"} [1-9].*");
        awaitMetric("http_server_requests_seconds_count\\{method=\"GET\",route=\"unmatched\",status=\"4xx\"} [1-9].*");
        assertThat(metrics()).doesNotContain("918273");
    }

    @Test
    void answers_are_counted_by_model_and_ending_with_their_tokens_and_times() {
        var ada = app.as("ada");
        ada.chat("{\"conversation_id\":%d,\"message\":\"Hello\"}".formatted(ada.startsConversation("llama3.2:1b")));

        awaitMetric("ollama_web_answers_total\\{ending=\"complete\",model=\"llama3.2:1b\"} [1-9].*");
        awaitMetric("ollama_web_answer_first_token_seconds_count\\{model=\"llama3.2:1b\"} [1-9].*");
        awaitMetric("ollama_web_answer_duration_seconds_count\\{model=\"llama3.2:1b\"} [1-9].*");
        awaitMetric("ollama_web_tokens_total\\{kind=\"answer\",model=\"llama3.2:1b\"} [1-9].*");
    }

    @Test
    void a_stream_that_is_open_is_counted() {
        try (var events = app.as("ada").accountEvents()) {
            awaitMetric("ollama_web_streams_open [1-9].*");
        }
    }

    @Test
    void a_stream_that_has_ended_is_counted_apart_from_requests() {
        var ada = app.as("ada");
        ada.chat("{\"conversation_id\":%d,\"message\":\"Hello\"}".formatted(ada.startsConversation("llama3.2:1b")));

        awaitMetric("http_server_streams_seconds_count\\{method=\"POST\",route=\"/api/chat/stream\",status=\"2xx\"} [1-9].*");
        assertThat(metrics()).doesNotContain("requests_seconds_count{method=\"POST\",route=\"/api/chat/stream\"");
    }

    @Test
    void the_database_is_measured_by_its_writes_its_reads_and_its_connections() {
        app.as("ada").post("/api/config/save", "{}");

        for (var name : List.of("write_seconds_count", "read_seconds_count", "connections_max")) {
            awaitMetric("ollama_web_database_" + name + " [1-9].*");
        }
        awaitMetric("ollama_web_database_connections\\{state=\"idle\"} [1-9].*");
        awaitMetric("ollama_web_database_writes_waiting \\d.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"})
    void what_a_proxy_on_this_machine_hands_on_is_not_local(String header) {
        var anybody = app.anonymous();

        assertThat(anybody.send(anybody.request("/metrics").header(header, "127.0.0.1").build())).isError(404, "Not Found");
    }

    @Test
    void a_server_that_others_reach_has_none_without_a_token() {
        assertThat(open.anonymous().get("/metrics")).isError(404, "Not Found");
        assertThat(open.with("anything-at-all-it-is").get("/metrics")).isError(404, "Not Found");
    }

    @Test
    void a_server_that_others_reach_shows_them_for_the_token() {
        assertThat(guarded.with(TOKEN).get("/metrics")).isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"token-of-the-metricS", "token-of-the-metrics-", "token-of-the-metric", "x"})
    void any_other_token_is_refused(String token) {
        assertThat(guarded.with(token).get("/metrics")).isError(401, "The token of METRICS_TOKEN is required")
                .hasHeader("WWW-Authenticate", "Bearer");
    }

    @Test
    void a_token_is_told_from_one_in_other_capitals_on_the_same_connection() {
        for (int i = 0; i < 3; i++) {
            assertThat(guarded.with("token-of-the-metricS").get("/metrics")).hasStatus(401);
            assertThat(guarded.with(TOKEN).get("/metrics")).isOk();
        }
    }

    @Test
    void nobody_s_key_is_the_token() {
        assertThat(guarded.anonymous().get("/metrics")).hasStatus(401);
        assertThat(guarded.as("ada").get("/metrics")).hasStatus(401);
    }

    @Test
    void they_name_no_account() {
        Client ada = app.as("ada");
        ada.get("/api/v1/users/me");

        assertThat(metrics()).doesNotContain("key-of-ada", "127.0.0.1");
    }

    private static void awaitMetric(String line) {
        var wanted = Pattern.compile("(?m)^" + line + "$");
        Await.await(() -> wanted.matcher(metrics()).find(), () -> "no " + line + " in\n" + metrics());
    }

    private static String metrics() {
        return app.anonymous().get("/metrics").body();
    }
}
