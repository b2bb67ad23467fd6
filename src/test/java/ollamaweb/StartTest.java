package ollamaweb;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import ollamaweb.testing.Client;
import ollamaweb.testing.Program;
import ollamaweb.testing.Program.Outcome;
import ollamaweb.testing.Rows;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.ServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of a start: the database is ours alone, then the port, then what an earlier run left, then the first request. */
class StartTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"slow\"}";
    private static final String STATUS = "SELECT status FROM messages WHERE role = 'assistant'";

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

    @Test
    void a_second_server_on_the_same_database_does_not_start_and_the_first_is_unharmed() throws Exception {
        var refused = new Outcome(1, "", "ollama-web: another ollama-web uses this database\n");
        try (var first = ServerProcess.start(folder, ollama.url())) {
            var ada = signedUp(first);
            try (var stream = ada.ask(ASK)) {
                stream.next("conversation_created");
                stream.next("message_created");
                var text = new StringBuilder(stream.next("token").content());

                assertThat(Program.run(folder, "--port", "0")).isEqualTo(refused);
                assertThat(Program.run(folder, "--port", Integer.toString(first.port()))).isEqualTo(refused);
                assertThat(Program.run(folder, "migrate", "down")).isEqualTo(refused);

                for (int more = 0; more < 50; more++) {
                    text.append(stream.next("token").content());
                }
                assertThat(ada.post("/api/chat/2/stop", "")).isOk();
                for (var event : stream.rest()) {
                    assertThat(event.name()).isIn("token", "done");
                    text.append(event.content());
                }
                assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo(text.toString());
            }
            assertThat(first.with(null).get("/api/v1/health")).isOk();
        }
        assertThat(folder.resolve("logs/app.log.0.1")).as("a log of the second server").doesNotExist();
    }

    @Test
    @Tag("strain")
    void a_server_whose_database_was_killed_with_it_starts_again() throws Exception {
        try (var killed = ServerProcess.start(folder, ollama.url())) {
            signedUp(killed);
        }
        try (var again = ServerProcess.start(folder, ollama.url())) {
            assertThat(again.with("key-of-ada").get("/api/config/get")).isOk();
        }
    }

    @Test
    @Tag("strain")
    void a_start_that_cannot_listen_changes_no_row() throws Exception {
        killInMidAnswer();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());

            assertThat(Program.run(folder, "--port", port).err()).isEqualTo(
                    "ollama-web: cannot listen on localhost:" + port + ": Address already in use\n");
        }
        assertThat(Rows.one(database(), STATUS)).isEqualTo("streaming");
        assertThat(Rows.one(database(), "SELECT COUNT(*) > 0 FROM message_parts")).isEqualTo("1");
    }

    @Test
    void a_request_that_comes_during_the_start_waits_until_what_was_left_is_put_in_order() throws Exception {
        killInMidAnswer();
        int port = freePort();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + database())) {
            other.createStatement().execute("BEGIN IMMEDIATE");
            try (var starting = Program.start(folder, Map.of("OLLAMA_URL", ollama.url()), "--port", Integer.toString(port))) {
                awaitPort(port, starting);
                var answer = HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/conversations/1"))
                        .header("Authorization", "Bearer key-of-ada").build(), BodyHandlers.ofString());
                assertThat(Rows.one(database(), STATUS)).isEqualTo("streaming");
                assertThat(answer).isNotDone();

                other.createStatement().execute("ROLLBACK");

                assertThat(answer.join().statusCode()).isEqualTo(200);
                assertThat(answer.join().body()).contains("\"status\":\"interrupted\"").doesNotContain("\"status\":\"streaming\"");
            }
        }
    }

    @Test
    @Tag("strain")
    void a_database_that_another_program_keeps_locked_ends_the_start_with_one_line() throws Exception {
        try (var before = ServerProcess.start(folder, ollama.url())) {
            signedUp(before);
        }
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + database())) {
            other.createStatement().execute("BEGIN IMMEDIATE");

            assertThat(Program.run(folder, "--port", "0")).isEqualTo(new Outcome(1, "",
                    "ollama-web: cannot start: The database is locked by another program, please try again\n"));
        }
    }

    @Test
    @Tag("strain")
    void a_secret_that_is_damaged_ends_the_start_with_one_line() throws Exception {
        try (var before = ServerProcess.start(folder, ollama.url())) {
            signedUp(before);
        }
        Files.writeString(folder.resolve("ollama_web.db.secret"), "short");

        var outcome = Program.run(folder, "--port", "0");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("ollama-web: the secret in ").hasLineCount(1);
    }

    private void killInMidAnswer() throws Exception {
        try (var server = ServerProcess.start(folder, ollama.url())) {
            var ada = signedUp(server);
            try (var stream = ada.ask(ASK)) {
                for (int heard = 0; heard < 60; heard++) {
                    stream.next();
                }
                server.kill();
            }
        }
        assertThat(Rows.one(database(), STATUS)).isEqualTo("streaming");
    }

    private static Client signedUp(ServerProcess server) {
        assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"key-of-ada\"}")).isOk();
        return server.with("key-of-ada");
    }

    private Path database() {
        return folder.resolve("ollama_web.db");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port, Program program) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (program.isAlive() && System.nanoTime() < end) {
            try (var connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        throw new AssertionError("the server does not listen");
    }
}
