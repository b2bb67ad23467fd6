package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayDeque;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.ServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process that is killed, stopped, or out of disk in the middle of an answer. */
class CrashTest {

    private static final String KEY = "{\"api_key\":\"key-of-ada\"}";
    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"slow\"}";

    @TempDir
    private Path folder;
    private ScriptedOllama ollama;

    @BeforeEach
    void startOllama() {
        ollama = ScriptedOllama.start();
        ollama.model("slow", tokens(100_000, 50));
    }

    @AfterEach
    void stopOllama() {
        ollama.close();
    }

    private record Heard(long nanoTime, String text) {}

    @Test
    void a_killed_server_loses_at_most_the_last_second() throws Exception {
        var heard = new ArrayDeque<Heard>();
        long killed;
        try (var server = ServerProcess.start(folder, ollama.url())) {
            var ada = signedUp(server);
            assertThat(ada.post("/api/chat/stream", "{\"message\":\"Before\",\"model_name\":\"echo\",\"stream\":false}")).isOk();
            try (var stream = ada.ask(ASK)) {
                stream.next("conversation_created");
                stream.next("message_created");
                var text = new StringBuilder();
                while (heard.size() < 150) {
                    text.append(stream.next("token").content());
                    heard.add(new Heard(System.nanoTime(), text.toString()));
                }
                killed = System.nanoTime();
                server.kill();
            }
        }
        assertThat(integrity()).isEqualTo("ok");

        try (var server = ServerProcess.start(folder, ollama.url())) {
            var ada = server.with("key-of-ada");
            assertThat(ada.messages(1).findValuesAsText("content")).containsExactly("Before", "Before");
            var messages = ada.messages(2);
            assertThat(messages.get(0).path("content").asText()).isEqualTo("Hi");
            var answer = messages.get(1);
            assertThat(answer.path("status").asText()).isEqualTo("interrupted");
            heard.removeIf(piece -> piece.nanoTime() > killed - Duration.ofSeconds(1).toNanos());
            assertThat(answer.path("content").asText()).startsWith(heard.getLast().text());
            assertThat(ada.follow(4).rest()).extracting(Event::name).contains("token").endsWith("error");
            ollama.model("slow", say(" on"));
            assertThat(ada.chat("{\"conversation_id\":2,\"continue\":true}")).extracting(Event::name).endsWith("done");
        }
    }

    @Test
    void a_server_that_is_told_to_stop_saves_the_answers_and_tells_their_followers() throws Exception {
        try (var server = ServerProcess.start(folder, ollama.url())) {
            var ada = signedUp(server);
            try (var stream = ada.ask(ASK)) {
                stream.next("conversation_created");
                stream.next("message_created");
                var text = new StringBuilder(stream.next("token").content());

                server.terminate();

                Event last = null;
                for (var event : stream.rest()) {
                    last = event;
                    text.append(event.content());
                }
                assertThat(last).isEqualTo(new Event(null, "error", "{\"error\":\"The server is shutting down\"}"));
                assertThat(server.awaitExit(Duration.ofSeconds(10))).isEqualTo(143);
                assertThat(stored()).isEqualTo("interrupted:" + text);
            }
        }
        ollama.awaitClientsGone(1);
    }

    @Test
    void a_full_disk_is_a_clear_error_and_nothing_is_half_done() throws Exception {
        try (var server = ServerProcess.start(folder, ollama.url(), "ulimit -f 4000; exec")) {
            var ada = signedUp(server);
            var filler = "{\"message\":\"" + "x".repeat(90_000) + "\",\"model_name\":\"echo\",\"stream\":false}";
            int saved = 0;
            var answer = ada.post("/api/chat/stream", filler);
            for (; answer.status() == 200; answer = ada.post("/api/chat/stream", filler)) {
                saved++;
            }

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("detail").asText()).matches(".*(disk is full|cannot be written).*");
            assertThat(ada.get("/api/config/get")).as("reading goes on").isOk();
            for (int id = 1; id <= saved; id++) {
                assertThat(ada.messages(id)).hasSize(2);
            }
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    private static Client signedUp(ServerProcess server) {
        assertThat(server.with(null).post("/api/auth/setup", KEY)).isOk();
        return server.with("key-of-ada");
    }

    private String integrity() throws Exception {
        return query("PRAGMA integrity_check");
    }

    private String stored() throws Exception {
        return query("SELECT status || ':' || content FROM messages WHERE role = 'assistant'");
    }

    private String query(String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ollama_web.db"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }
}
