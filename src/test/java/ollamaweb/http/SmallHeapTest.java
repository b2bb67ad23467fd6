package ollamaweb.http;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ollamaweb.testing.RawClient;
import ollamaweb.testing.ServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own with a heap of 128 MB, which nothing that clients send or leave unread may end. */
@Tag("strain")
class SmallHeapTest {

    private static final int MIB = 1024 * 1024;

    @TempDir
    Path folder;

    private final List<RawClient> clients = new ArrayList<>();
    private ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.start(folder, "http://127.0.0.1:9");
        assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"a-key-of-ada\"}")).isOk();
    }

    @AfterEach
    void nobody_was_answered_500_and_the_server_lives() throws Exception {
        assertThat(server.with(null).get("/health")).isOk();
        assertThat(server.with("a-key-of-ada").get("/api/conversations")).isOk();
        for (var client : clients) {
            client.close();
        }
        server.close();
        assertThat(Files.readString(folder.resolve("logs/app.log"))).doesNotContain("OutOfMemoryError").doesNotContain(" 500 ");
    }

    @Test
    void bodies_that_are_half_sent_and_beyond_the_limit_without_sign_in() throws Exception {
        for (int i = 0; i < 300; i++) {
            connect().send(RawClient.head("/api/auth/verify", null, MIB));
        }
        for (var client : clients) {
            assertThat(client.status()).isEqualTo(413);
        }
    }

    @Test
    void bodies_that_are_half_sent_by_who_is_signed_in() throws Exception {
        for (int i = 0; i < 300; i++) {
            connect().trySend(RawClient.head("/api/conversations", "a-key-of-ada", MIB) + "{\"x\":\"" + "x".repeat(MIB / 2));
        }

        assertThat(server.with("a-key-of-ada").post("/api/conversations", "{\"model_name\":\"m\"}")).hasStatus(201);
        int refused = 0;
        for (var client : clients) {
            refused += client.isOpen() ? 0 : 1;
        }
        assertThat(refused).as("closed without an answer").isLessThan(300);
    }

    @Test
    void large_imports_at_the_same_time() throws Exception {
        var body = "{\"title\":\"t\",\"model_name\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(900_000) + "\"}"
                + (",{\"role\":\"user\",\"content\":\"" + "y".repeat(900_000) + "\"}").repeat(15) + "]}";
        var senders = new ArrayList<Thread>();
        var statuses = Collections.synchronizedList(new ArrayList<Integer>());
        for (int i = 0; i < 8; i++) {
            var sender = new Thread(() -> statuses.add(status(body)));
            sender.start();
            senders.add(sender);
        }
        for (var sender : senders) {
            sender.join();
        }

        assertThat(statuses).contains(200).isSubsetOf(200, 503, -1);
    }

    @Test
    void large_answers_that_nobody_reads() throws Exception {
        for (int i = 0; i < 260; i++) {
            connect().send("GET /redoc/2.1.4/redoc.standalone.js HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
    }

    @Test
    void documents_of_many_small_things() throws Exception {
        var body = "{\"settings\":{\"a\":[" + "[],".repeat(340_000) + "[]]}}";
        for (int i = 0; i < 20; i++) {
            connect().trySend(RawClient.head("/api/config/save", "a-key-of-ada", body.length()) + body);
        }
        for (var client : clients) {
            assertThat(client.status()).isIn(200, 422, 413, 429, 503, -1);
        }
    }

    private int status(String importBody) {
        try (var client = new RawClient(server.port())) {
            client.trySend(RawClient.head("/api/export/conversations/import", "a-key-of-ada", importBody.length()) + importBody);
            return client.status();
        } catch (Exception e) {
            return -1;
        }
    }

    private RawClient connect() {
        var client = new RawClient(server.port());
        clients.add(client);
        return client;
    }
}
