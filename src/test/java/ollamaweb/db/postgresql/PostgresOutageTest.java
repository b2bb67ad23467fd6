package ollamaweb.db.postgresql;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Await;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.TcpProxy;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A PostgreSQL that goes away in the middle, and comes back. */
@Timeout(120)
class PostgresOutageTest {

    private static final String AWAY = "The database is not available, please try again";

    private String url;
    private TcpProxy way;
    private TestApp app;

    @BeforeEach
    void start() throws Exception {
        url = PostgresServer.newDatabase();
        way = new TcpProxy(PostgresServer.port());
        app = TestApp.started("DATABASE_URL", url.replace(":" + PostgresServer.port() + "/", ":" + way.port() + "/"),
                "SECRET_KEY", "k".repeat(32), "JWT_SECRET_KEY", "j".repeat(32));
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
        way.close();
        PostgresServer.drop(url);
    }

    @Test
    void an_answer_goes_on_while_the_database_is_away_and_is_kept_once_it_is_back() throws Exception {
        var first = new Gate();
        var second = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(first), say("lo, "), hold(second), say("world")));
        var ada = app.as("ada");
        try (var stream = ada.ask("{\"message\":\"Hi\",\"model_name\":\"tiny\"}")) {
            first.awaitArrival();
            way.cut();

            assertThat(ada.post("/api/config/save", "{\"settings\":{\"a\":1}}")).isError(503, AWAY).hasHeader("Retry-After", "1");
            assertThat(ada.get("/api/conversations")).isError(503, AWAY);
            assertThat(app.anonymous().get("/api/v1/health")).hasStatus(503);
            first.open();
            second.awaitArrival();
            second.open();
            way.restore();

            assertThat(stream.rest()).extracting(Event::name).endsWith("done");
        }
        Await.await(() -> ada.get("/api/v1/health").status() == 200, () -> "still unhealthy");
        var answer = ada.messages(1).get(1);
        assertThat(answer.path("content").asText()).isEqualTo("Hello, world");
        assertThat(answer.path("status").asText()).isEqualTo("complete");
        assertThat(ada.post("/api/config/save", "{\"settings\":{\"a\":1}}")).isOk();
    }

    @Test
    void connections_that_the_database_has_ended_are_replaced() throws Exception {
        var ada = app.as("ada");
        PostgresServer.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + PostgresUrl.parse(url).name() + "'");

        Await.await(() -> ada.post("/api/config/save", "{\"settings\":{\"a\":1}}").status() == 200
                && ada.get("/api/config/get").status() == 200, () -> "still without a database");
    }
}
