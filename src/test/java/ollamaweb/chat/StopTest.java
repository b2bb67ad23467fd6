package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StopTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void stopping_keeps_the_text_tells_the_followers_and_hangs_up_on_ollama() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();
            stream.next("conversation_created");
            stream.next("message_created");
            assertThat(stream.next("token")).isEqualTo(new Event("3", "token", "{\"content\":\"Hel\"}"));

            assertThat(ada.post("/api/chat/2/stop", "")).isOk().isJson("""
                    {"success":true,"message":"Answer stopped","message_id":2,"status":"interrupted"}""");

            assertThat(Event.withoutCounts(stream.rest())).containsExactly(
                    new Event(null, "done", "{\"message_id\":2,\"tokens_used\":null,\"stopped\":true}"));
        }
        app.ollama().awaitClientsGone(1);
        var answer = ada.messages(1).get(1);
        assertThat(answer.path("content").asText()).isEqualTo("Hel");
        assertThat(answer.path("status").asText()).isEqualTo("interrupted");
        assertThat(Event.withoutCounts(ada.follow(2).rest())).endsWith(
                new Event("end", "done", "{\"message_id\":2,\"tokens_used\":null,\"stopped\":true}"));
    }

    @Test
    void an_answer_can_be_stopped_before_its_first_word() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate).then(say("Hello")));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();

            assertThat(ada.post("/api/chat/2/stop", "")).isOk();

            assertThat(stream.rest()).extracting(Event::name).containsExactly("conversation_created", "message_created", "done");
        }
        app.ollama().awaitClientsGone(1);
    }

    @Test
    void stopping_twice_is_the_same_as_once_and_an_ended_answer_stays_as_it_is() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate));
        var ada = app.as("ada");
        ada.ask(ASK).close();
        gate.awaitArrival();
        ada.post("/api/chat/2/stop", "");

        assertThat(ada.post("/api/chat/2/stop", "").json().path("status").asText()).isEqualTo("interrupted");

        ada.chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");
        assertThat(ada.post("/api/chat/4/stop", "")).isOk().isJson("""
                {"success":true,"message":"Answer has already ended","message_id":4,"status":"complete"}""");
    }

    @Test
    void a_stopped_answer_that_was_not_streamed_is_answered_with_what_came() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate)));
        var ada = app.as("ada");
        var waiting =
                Concurrently.supply(() -> ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"stream\":false}"));
        gate.awaitArrival();

        ada.post("/api/chat/2/stop", "");

        assertThat(waiting.get()).isOk().isJson("""
                {"conversation_id":1,"message_id":2,"content":"Hel","tokens_used":null,"stopped":true}""");
    }

    @Test
    void only_the_owner_can_stop_an_answer() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = app.as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();

            assertThat(app.as("bob").post("/api/chat/2/stop", "")).isError(404, "Message not found");
            assertThat(app.anonymous().post("/api/chat/2/stop", "")).isError(401, "API key is required");
            assertThat(ada.post("/api/chat/77/stop", "")).isError(404, "Message not found");
            assertThat(ada.post("/api/chat/x/stop", "")).isInvalid("path.message_id");

            gate.open();
            assertThat(Event.withoutCounts(stream.rest())).endsWith(new Event(null, "done", "{\"message_id\":2,\"tokens_used\":2}"));
        }
    }
}
