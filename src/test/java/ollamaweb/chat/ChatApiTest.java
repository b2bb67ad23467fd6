package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Event;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_first_message_makes_a_conversation_and_streams_its_answer() {
        app.ollama().model("tiny", say("Hel", "lo"));

        var events = app.as("ada").chat("{\"message\":\"Hi!\",\"model_name\":\"tiny\"}");

        assertThat(events).containsExactly(
                new Event(null, "conversation_created", "{\"conversation_id\":1}"),
                new Event(null, "message_created", "{\"message_id\":1,\"role\":\"user\",\"answer_id\":2}"),
                new Event("3", "token", "{\"content\":\"Hel\"}"),
                new Event("5", "token", "{\"content\":\"lo\"}"),
                new Event(null, "done", "{\"message_id\":2,\"tokens_used\":2}"));
    }

    @Test
    void a_stranger_cannot_ask_in_another_users_conversation() {
        long conversation = app.as("ada").startsConversation("tiny");

        var answer = app.as("bob").post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":" + conversation + "}");

        assertThat(answer).isError(404, "Conversation not found");
    }
}
