package ollamaweb.chat;

import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangedRowTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void an_answer_whose_row_another_program_marked_as_ended_goes_on_and_is_kept_whole() {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = app.as("ada");
        try (var stream = ada.ask("{\"message\":\"Hi\",\"model_name\":\"tiny\"}")) {
            stream.next("conversation_created");
            stream.next("message_created");
            stream.next("token");
            gate.awaitArrival();
            Rows.change(app.database(), "UPDATE messages SET status = 'interrupted' WHERE status = 'streaming'");
            stream.nextPing();
            stream.nextPing();

            gate.open();

            assertThat(stream.rest()).endsWith(new Event(null, "done", "{\"message_id\":2,\"tokens_used\":2}"));
        }
        var answer = ada.messages(1).get(1);
        assertThat(answer.path("content").asText()).isEqualTo("Hello");
        assertThat(answer.path("status").asText()).isEqualTo("complete");
    }
}
