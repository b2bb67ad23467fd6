package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.earlyHeaders;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.SqliteOnly;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients come, leave and stall; the answer and the other clients do not care. */
class FollowerTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp().with("MAX_ANSWER_BYTES", "20000000");

    @Test
    void a_silent_model_is_pinged_from_the_first_second_on() {
        var gate = new Gate();
        app.ollama().model("tiny", earlyHeaders().then(hold(gate), say("Hello")));
        try (var stream = app.as("ada").ask(ASK)) {
            gate.awaitArrival();
            stream.next("conversation_created");
            stream.next("message_created");
            stream.nextPing();
            stream.nextPing();
            gate.open();
            assertThat(stream.rest()).extracting(Event::name).containsExactly("token", "done");
        }
    }

    @Test
    @Tag("strain")
    void pings_and_saving_go_on_while_the_database_does_not_answer_its_readers() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", earlyHeaders().then(hold(gate), say("Hello"), hold(new Gate())));
        var readersBack = new CountDownLatch(1);
        try (var stream = app.as("ada").ask(ASK)) {
            gate.awaitArrival();
            stream.next("conversation_created");
            stream.next("message_created");
            app.takeReaders(readersBack);
            for (int i = 0; i < 4; i++) {
                stream.nextPing();
            }

            gate.open();

            assertThat(stream.next("token").content()).isEqualTo("Hello");
            Await.await(() -> "Hello".equals(Rows.one(app.database(), "SELECT text FROM message_parts")), () -> "not saved");
        } finally {
            readersBack.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void a_client_may_leave_at_any_stage(int eventsRead) {
        var gate = new Gate();
        app.ollama().model("tiny", say("one", "two", "three").then(hold(gate), say("four")));
        var ada = app.as("ada");
        var stream = ada.ask(ASK);
        for (int i = 0; i < eventsRead; i++) {
            stream.next();
        }
        stream.close();
        gate.awaitArrival();

        gate.open();

        assertThat(ada.follow(2).rest()).extracting(Event::name).endsWith("done");
        assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("onetwothreefour");
    }

    @Test
    void a_client_that_leaves_without_reading_the_headers_gets_its_answer_made() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate).then(say("Hello")));
        var ada = app.as("ada");
        request(ada, ASK).close();
        gate.awaitArrival();

        gate.open();

        assertThat(ada.follow(2).rest()).extracting(Event::name).endsWith("done");
    }

    @Test
    void a_client_that_never_reads_slows_nobody() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate).then(say("x".repeat(7_000_000)), say("y".repeat(7_000_000)), say("end")));
        var ada = app.as("ada");
        try (var stalled = request(ada, ASK)) {
            gate.awaitArrival();
            try (var reading = ada.follow(2)) {
                gate.open();
                assertThat(reading.rest()).extracting(Event::name).containsExactly("token", "token", "token", "done");
            }
            assertThat(ada.messages(1).get(1).path("status").asText()).isEqualTo("complete");
            assertThat(stalled.isClosed()).isFalse();
        }
    }

    @Test
    @Tag("strain")
    @SqliteOnly
    void an_answer_whose_end_cannot_be_saved_is_never_called_done_and_is_saved_once_it_can_be() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();
            try (var other = TestDatabase.connect(app.database());
                    var statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                gate.open();
                var events = stream.rest();
                assertThat(events.get(events.size() - 1)).isEqualTo(new Event(null, "error",
                        "{\"error\":\"The database is locked by another program, please try again\"}"));
                assertThat(ada.messages(1).get(1).path("status").asText()).isEqualTo("streaming");
                statement.execute("ROLLBACK");
            }
            while (ada.messages(1).get(1).path("status").asText().equals("streaming")) {
                Thread.onSpinWait();
            }
        }
        assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("Hello");
        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":1,\"model_name\":\"echo\",\"stream\":false}"))
                .isOk();
    }

    private Socket request(Client client, String body) throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), app.port());
        socket.getOutputStream().write(("POST /api/chat/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + client.token()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
