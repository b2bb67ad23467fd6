package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever goes wrong at the end of an answer, its row gets an outcome and its conversation can be used again. */
@Timeout(60)
class AnswerEndingTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void an_answer_that_cannot_be_saved_as_a_whole_is_joined_from_its_saved_parts() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();
            awaitPart("Hel");
            refuse("NEW.content = 'Hello' AND EXISTS (SELECT 1 FROM message_parts WHERE message_id = NEW.id AND number = 0)"
                    + " AND NOT EXISTS (SELECT 1 FROM message_parts WHERE message_id = NEW.id AND number > 0)");

            gate.open();

            assertThat(stream.rest()).extracting(Event::name).endsWith("done");
        }
        assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("Hello");
        assertThat(ada.messages(1).get(1).path("status").asText()).isEqualTo("complete");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM message_parts")).isEqualTo("0");
    }

    @Test
    void an_answer_whose_ending_is_refused_keeps_what_was_saved_and_is_an_error() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();
            awaitPart("Hel");
            refuse("NEW.status = 'complete'");

            gate.open();

            var events = stream.rest();
            assertThat(events.get(events.size() - 1)).isEqualTo(
                    new Event(null, "error", "{\"error\":\"The answer could not be saved whole\"}"));
        }
        var answer = ada.messages(1).get(1);
        assertThat(answer.path("content").asText()).startsWith("Hel");
        assertThat(answer.path("status").asText()).isEqualTo("error");
        Rows.allow(app.database());
        assertThat(askAgain(ada)).isOk();
    }

    @Test
    void an_answer_of_which_no_text_can_be_saved_is_ended_all_the_same() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();
            refuse("NEW.content <> OLD.content");

            gate.open();

            assertThat(stream.rest()).extracting(Event::name).endsWith("error");
        }
        assertThat(ada.messages(1).get(1).path("status").asText()).isEqualTo("error");
        Rows.allow(app.database());
        assertThat(askAgain(ada)).isOk();
    }

    @Test
    void stopping_never_waits_for_an_ending_that_is_refused() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate)));
        var ada = app.as("ada");
        ada.ask(ASK).close();
        gate.awaitArrival();
        refuse("NEW.status <> 'streaming'");

        assertThat(ada.post("/api/chat/2/stop", "")).hasStatus(503).hasHeader("Retry-After", "1");

        Rows.allow(app.database());
        awaitStatus(ada, "error");
        assertThat(askAgain(ada)).isOk();
    }

    @Test
    void an_answer_that_nobody_makes_is_ended_with_what_was_saved() {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");
        Rows.change(app.database(), "INSERT INTO message_parts (message_id, number, text) VALUES (2, 2, ' and on')");

        Rows.change(app.database(), "UPDATE messages SET status = 'streaming' WHERE id = 2");

        awaitStatus(ada, "error");
        assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("Hi and on");
        assertThat(ada.follow(2).rest()).endsWith(new Event("end", "error", "{\"error\":\"The answer was lost\"}"));
        assertThat(askAgain(ada)).isOk();
    }

    @Test
    void an_answer_that_nobody_makes_can_be_stopped_at_once() {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");
        Rows.change(app.database(), "UPDATE messages SET status = 'streaming' WHERE id = 2");

        assertThat(ada.post("/api/chat/2/stop", "").json().path("status").asText()).isEqualTo("error");

        assertThat(askAgain(ada)).isOk();
    }

    @Test
    void an_answer_whose_conversation_is_deleted_ends_by_that_name() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate)));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();

            assertThat(ada.delete("/api/conversations/1")).isOk();

            assertThat(stream.rest()).endsWith(new Event(null, "error", "{\"error\":\"The conversation was deleted\"}"));
        }
        app.ollama().awaitClientsGone(1);
    }

    @Test
    void an_answer_that_somebody_else_closed_says_so_and_stays_as_it_was_closed() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate)));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();

            Rows.change(app.database(), "UPDATE messages SET status = 'interrupted', content = 'He' WHERE id = 2");

            assertThat(stream.rest()).endsWith(new Event(null, "error", "{\"error\":\"The answer was ended by another server\"}"));
        }
        var answer = ada.messages(1).get(1);
        assertThat(answer.path("content").asText()).isEqualTo("He");
        assertThat(answer.path("status").asText()).isEqualTo("interrupted");
    }

    @Test
    void a_clash_in_saving_one_answer_holds_up_no_other_and_not_the_answer_itself() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate).then(say("Hel"), hold(new Gate())));
        var ada = app.as("ada");
        var bob = app.as("bob");
        ada.ask(ASK).close();
        bob.ask(ASK).close();
        gate.awaitArrivals(2);
        Rows.refuse(app.database(), "INSERT ON message_parts", "NEW.message_id = 2");
        Rows.change(app.database(), "INSERT INTO message_parts (message_id, number, text) SELECT 4, 0, 'H'");

        gate.open();

        Await.await(() -> "Hel".equals(part(4)), () -> "saved: " + part(4));
    }

    private void refuse(String when) {
        Rows.refuse(app.database(), "UPDATE ON messages", when);
    }

    private void awaitPart(String text) {
        Await.await(() -> text.equals(part(2)), () -> "saved: " + part(2));
    }

    private String part(long messageId) {
        return Rows.one(app.database(), "SELECT text FROM message_parts WHERE message_id = " + messageId);
    }

    private static void awaitStatus(Client ada, String status) {
        Await.await(() -> ada.messages(1).get(1).path("status").asText().equals(status), () -> "" + ada.messages(1).get(1));
    }

    private static Answer askAgain(Client ada) {
        return ada.post("/api/chat/stream",
                "{\"message\":\"Again\",\"conversation_id\":1,\"model_name\":\"echo\",\"stream\":false}");
    }
}
