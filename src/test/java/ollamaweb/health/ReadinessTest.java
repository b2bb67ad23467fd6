package ollamaweb.health;

import static ollamaweb.testing.Answer.assertThat;

import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadinessTest {

    @RegisterExtension
    static final TestApp app = new TestApp().with("OLLAMA_URL", "http://127.0.0.1:1");

    @Test
    void a_server_is_ready_for_anyone_who_asks_also_while_ollama_is_away() {
        assertThat(app.anonymous().get("/health/ready")).isOk().isJson("{\"status\":\"ready\"}");
    }

    @Test
    void it_is_not_while_its_database_cannot_be_used() {
        Rows.change(app.database(), "ALTER TABLE changelog RENAME TO elsewhere");
        try {
            assertThat(app.anonymous().get("/health/ready")).isError(503, "The database does not answer").hasHeader("Retry-After", "1");
            assertThat(app.anonymous().get("/health")).isOk();
        } finally {
            Rows.change(app.database(), "ALTER TABLE elsewhere RENAME TO changelog");
        }
        assertThat(app.anonymous().get("/health/ready")).isOk();
    }
}
