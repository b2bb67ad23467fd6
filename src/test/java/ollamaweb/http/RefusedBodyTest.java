package ollamaweb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ollamaweb.testing.Await;
import ollamaweb.testing.RawClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who sends what is not taken, or not yet, is told so, and not just cut off. */
class RefusedBodyTest {

    private static final int MIB = 1024 * 1024;

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_client_that_still_sends_a_refused_body_gets_the_answer() throws Exception {
        var tooLarge = "x".repeat(8 * MIB);
        for (int i = 0; i < 20; i++) {
            try (var client = new RawClient(app.port())) {
                client.send(RawClient.head("/api/auth/verify", null, tooLarge.length()) + tooLarge);
                assertThat(client.status()).isEqualTo(413);
            }
        }
    }

    @Test
    void a_client_that_never_ends_a_refused_body_is_answered_at_once_and_closed_soon() throws Exception {
        try (var client = new RawClient(app.port())) {
            client.send(RawClient.head("/api/auth/verify", null, 8 * MIB) + "{");
            assertThat(client.status()).isEqualTo(413);
            assertThat(client.rest()).contains("larger than 65536 bytes");
        }
    }

    @Test
    void large_imports_wait_for_their_turn() throws Exception {
        app.as("ada");
        var body = "{\"title\":\"t\",\"model_name\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(900_000) + "\"}"
                + (",{\"role\":\"user\",\"content\":\"" + "y".repeat(900_000) + "\"}").repeat(2) + "]}";
        var statuses = Collections.synchronizedList(new ArrayList<Integer>());
        var senders = new ArrayList<Thread>();
        for (int i = 0; i < 6; i++) {
            var sender = new Thread(() -> statuses.add(app.as("ada").post("/api/export/conversations/import", body).status()));
            sender.start();
            senders.add(sender);
        }
        for (var sender : senders) {
            sender.join();
        }

        assertThat(statuses).isEqualTo(List.of(200, 200, 200, 200, 200, 200));
    }

    @Test
    void one_account_does_not_fill_the_line_of_large_bodies() throws Exception {
        app.as("ada");
        app.as("bob");
        var clients = new ArrayList<RawClient>();
        try {
            for (int i = 0; i < 2 + 8 + 3; i++) {
                clients.add(begins("ada")); // at most two are received, eight wait
            }
            Await.await(() -> clients.stream().filter(RawClient::hasAnswer).count() >= 3, () -> "nobody was refused");
            assertThat(clients.stream().filter(RawClient::hasAnswer).findFirst().orElseThrow().status()).isEqualTo(503);

            try (var bob = begins("bob")) {
                for (var client : clients) {
                    client.close();
                }
                bob.send(" ".repeat(2 * MIB));
                assertThat(bob.status()).isEqualTo(400);
            }
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    private RawClient begins(String name) throws Exception {
        return new RawClient(app.port())
                .send(RawClient.head("/api/export/conversations/import", app.as(name).token(), 2 * MIB));
    }
}
