package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ollamaweb.json.Json;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a model is asked for a message. */
class ModelRequestTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void ollama_gets_the_system_prompt_and_the_last_twenty_messages_oldest_first() {
        var ada = app.as("ada");
        long conversation = ada.post("/api/conversations", "{\"model_name\":\"echo\",\"system_prompt\":\"Be brief.\"}").id();
        for (int i = 1; i <= 11; i++) {
            ada.chat("{\"message\":\"question " + i + "\",\"conversation_id\":" + conversation + "}");
        }

        ada.chat("{\"message\":\"last\",\"conversation_id\":" + conversation + ",\"temperature\":0}");

        var body = app.ollama().lastChat().body();
        assertThat(body.path("model").asText()).isEqualTo("echo");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.path("options").path("temperature").asDouble()).isZero();
        assertThat(body.path("messages")).hasSize(21);
        assertThat(body.path("messages").get(0)).isEqualTo(Json.read("{\"role\":\"system\",\"content\":\"Be brief.\"}", JsonNode.class));
        assertThat(body.path("messages").get(1).path("content").asText()).isEqualTo("question 2");
        assertThat(body.path("messages").get(1).path("role").asText()).isEqualTo("assistant");
        assertThat(body.path("messages").get(20).path("content").asText()).isEqualTo("last");
    }

    @Test
    void the_temperature_is_seven_tenths_unless_given() {
        app.as("ada").chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");

        assertThat(app.ollama().lastChat().body().path("options").path("temperature").asDouble()).isEqualTo(0.7);
    }

    @Test
    void a_streaming_call_asks_for_an_answer_that_nobody_compresses() {
        app.as("ada").chat("{\"message\":\"Hi\",\"model_name\":\"echo\"}");

        assertThat(app.ollama().lastChat().headers()).containsEntry("Accept-Encoding", "identity");
    }

    @Test
    void a_new_conversation_takes_the_default_model_when_none_is_named() {
        var ada = app.as("ada");
        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hi\"}")).isInvalid("body.model_name");

        ada.post("/api/config/save", "{\"settings\":{\"default_model\":\"echo\"}}");
        ada.chat("{\"message\":\"Hi\"}");

        assertThat(app.ollama().lastChat().body().path("model").asText()).isEqualTo("echo");
    }

    @Test
    void a_model_named_for_one_answer_leaves_the_conversation_with_its_own() {
        var ada = app.as("ada");
        long conversation = ada.startsConversation("echo");

        ada.chat("{\"message\":\"Hi\",\"conversation_id\":" + conversation + ",\"model_name\":\"llama3.2:1b\"}");

        assertThat(app.ollama().lastChat().body().path("model").asText()).isEqualTo("llama3.2:1b");
        assertThat(ada.get("/api/conversations/" + conversation).json().path("model_name").asText()).isEqualTo("echo");
    }
}
