package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Await.await;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueTest {

    @RegisterExtension
    final TestApp app = new TestApp().with("OLLAMA_PARALLEL", "1");

    private final Gate gate = new Gate();

    @BeforeEach
    void one_answer_is_being_made() {
        app.ollama().model("tiny", hold(gate).then(say("Hello")));
    }

    @Test
    void an_answer_waits_for_those_before_it_and_is_told_how_many_there_are() {
        try (var first = ask("ada", "1"); var second = waits("bob", "2", 1); var third = waits("carol", "3", 2)) {
            assertThat(app.ollama().chats()).hasSize(1);

            gate.open();

            assertThat(names(first)).containsExactly("conversation_created", "message_created", "token", "done");
            assertThat(names(second)).containsExactly("token", "done");
            assertThat(third.next()).isEqualTo(new Event(null, "queued", "{\"position\":1}"));
            assertThat(names(third)).containsExactly("token", "done");
        }
        assertThat(asked()).containsExactly("1", "2", "3");
    }

    @Test
    void accounts_take_turns() {
        try (var first = ask("ada", "a1"); var second = waits("ada", "a2", 1); var third = waits("ada", "a3", 2);
                var others = waits("bob", "b1", 2)) {
            gate.open();
            List.of(first, second, third, others).forEach(EventReader::rest);
        }
        assertThat(asked()).containsExactly("a1", "a2", "b1", "a3");
    }

    @Test
    void an_answer_that_waits_can_be_stopped() {
        try (var first = ask("ada", "1"); var second = waits("bob", "2", 1); var third = waits("carol", "3", 2)) {
            assertThat(app.as("bob").post("/api/chat/4/stop", "").json().path("status").asText()).isEqualTo("interrupted");

            assertThat(names(second)).containsExactly("done");
            assertThat(third.next()).isEqualTo(new Event(null, "queued", "{\"position\":1}"));
            gate.open();
            first.rest();
            third.rest();
        }
        assertThat(asked()).containsExactly("1", "3");
    }

    @Test
    void one_whose_conversation_is_deleted_waits_no_longer() {
        try (var first = ask("ada", "1"); var second = waits("bob", "2", 1); var third = waits("carol", "3", 2)) {
            assertThat(app.as("bob").delete("/api/conversations/2")).isOk();

            assertThat(names(second)).containsExactly("error");
            assertThat(third.next()).isEqualTo(new Event(null, "queued", "{\"position\":1}"));
            gate.open();
            first.rest();
            third.rest();
        }
        assertThat(asked()).containsExactly("1", "3");
    }

    @Test
    void a_restart_keeps_nobody_waiting() {
        try (var first = ask("ada", "1"); var second = waits("bob", "2", 1)) {
            app.restart();

            assertThat(names(second)).containsExactly("error");
        }
        assertThat(app.as("bob").messages(2).get(1).path("status").asText()).isEqualTo("interrupted");
        assertThat(app.as("bob").messages(2).get(1).path("content").asText()).isEmpty();
        gate.open();
    }

    @Test
    void a_question_that_is_refused_takes_no_turn() {
        assertThat(app.as("bob").post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":99}")).hasStatus(404);

        try (var first = ask("ada", "1")) {
            gate.open();
            assertThat(names(first)).containsExactly("conversation_created", "message_created", "token", "done");
        }
    }

    /** Asks, and waits until the model has heard it. */
    private EventReader ask(String name, String message) {
        var stream = open(app.as(name), message);
        gate.awaitArrival();
        return stream;
    }

    /** Asks, and waits until the client has heard its place in the line. */
    private EventReader waits(String name, String message, int position) {
        var stream = open(app.as(name), message);
        stream.next("conversation_created");
        stream.next("message_created");
        assertThat(stream.next("queued").json().path("position").asInt()).isEqualTo(position);
        return stream;
    }

    private static EventReader open(Client client, String message) {
        return client.ask("{\"message\":\"" + message + "\",\"model_name\":\"tiny\"}");
    }

    private static List<String> names(EventReader stream) {
        return stream.rest().stream().map(Event::name).toList();
    }

    private List<String> asked() {
        await(() -> app.ollama().openStreams() == 0, () -> "a stream is open");
        return app.ollama().chats().stream().map(chat -> chat.at("/messages/0/content").asText()).toList();
    }
}
