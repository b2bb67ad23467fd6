package ollamaweb.http;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.RawClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that send slowly, at a server with its real limits. */
class SlowClientsTest {

    private static final String LOGIN = "/api/v1/auth/login";
    /** More than the threads that a server has on a JDK without virtual threads. */
    private static final int MANY = 260;
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    @RegisterExtension
    static final TestApp app = new TestApp();

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void leave() throws Exception {
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void bodies_that_drip_hold_up_nobody() throws Exception {
        var ada = app.as("ada");
        for (int i = 0; i < MANY; i++) {
            connect().send(RawClient.head(i % 2 == 0 ? LOGIN : "/api/conversations", i % 2 == 0 ? null : ada.token(), 1000)).send("{");
        }

        long began = System.nanoTime();
        assertThat(app.anonymous().get("/health")).isOk();
        assertThat(ada.get("/api/conversations")).isOk();
        assertThat(ada.post("/api/conversations", "{\"model_name\":\"m\"}")).hasStatus(201);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
        assertThat(clients).allSatisfy(client -> assertThat(client.isOpen()).isTrue());
    }

    @Test
    @Tag("strain")
    void a_body_has_ten_seconds_and_so_have_headers() throws Exception {
        var body = Concurrently.supply(() -> dripped(RawClient.head(LOGIN, null, 60_000), "{"));
        var headers = dripped("GET /health HTTP/1.1\r\nHost: localhost\r\n", "X: y\r\n");

        assertThat(headers).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
        assertThat(body.get()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
        assertThat(clients).extracting(RawClient::status).contains(408);
    }

    @Test
    void a_body_in_two_parts_is_one_body() throws Exception {
        var client = connect().send(RawClient.head("/api/conversations", app.as("ada").token(), 16)).send("{\"model_");
        assertThat(app.anonymous().get("/health")).isOk();

        assertThat(client.send("name\":1}").status()).isEqualTo(422);
    }

    @Test
    void a_body_that_breaks_off_is_a_bad_request_and_none_of_the_servers_faults() throws Exception {
        var client = connect().send(RawClient.head("/api/conversations", app.as("ada").token(), 16)).send("{\"model_");
        client.shutdownOutput();

        assertThat(client.status()).isEqualTo(400);
    }

    @Test
    void a_connection_may_rest_between_two_requests() throws Exception {
        var client = connect();
        for (int i = 0; i < 2; i++) {
            assertThat(client.send(RawClient.head("/api/conversations", app.as("ada").token(), 2)).send("{}").status()).isEqualTo(422);
            client.skipAnswer();
        }
    }

    private Duration dripped(String start, String drop) {
        try {
            return connect().send(start).dripUntilRefused(drop, Duration.ofMillis(100));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized RawClient connect() {
        var client = new RawClient(app.port());
        clients.add(client);
        return client;
    }
}
