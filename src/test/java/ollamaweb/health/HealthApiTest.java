package ollamaweb.health;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthApiTest {

    private static final String REDIS = TestDatabase.isPostgres() ? "ok" : "disabled";
    private static final String ALL_WELL = "{\"status\":\"healthy\",\"version\":\"development\",\"services\":{\"db\":\"ok\",\"redis\":\""
            + REDIS + "\",\"ollama\":\"ok\"}}";
    private static final String OLLAMA_AWAY = ALL_WELL.replace("\"ollama\":\"ok\"", "\"ollama\":\"unreachable\"");

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void anyone_learns_that_all_is_well() {
        var answer = app.anonymous().get("/api/v1/health");

        assertThat(answer).isOk();
        assertThat(answer.body()).isEqualTo(ALL_WELL);
    }

    @Test
    void ollama_being_away_is_told_and_is_no_illness() {
        app.with("OLLAMA_URL", "http://127.0.0.1:1").restart();

        assertThat(app.anonymous().get("/api/v1/health")).isOk().isJson(OLLAMA_AWAY);
    }

    @Test
    void an_ollama_that_never_answers_is_not_waited_for() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            app.with("OLLAMA_URL", "http://127.0.0.1:" + silent.getLocalPort()).restart();
            app.anonymous().get("/health");

            long start = System.nanoTime();
            assertThat(app.anonymous().get("/api/v1/health")).isOk().isJson(OLLAMA_AWAY);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void a_database_that_is_not_there_makes_the_server_unhealthy_until_it_is_back() {
        Rows.change(app.database(), "ALTER TABLE changelog RENAME TO elsewhere");
        assertThat(app.anonymous().get("/api/v1/health")).hasStatus(503)
                .isJson(ALL_WELL.replace("healthy", "unhealthy").replace("\"db\":\"ok\"", "\"db\":\"error\""));

        Rows.change(app.database(), "ALTER TABLE elsewhere RENAME TO changelog");
        assertThat(app.anonymous().get("/api/v1/health")).isOk().isJson(ALL_WELL);
    }
}
