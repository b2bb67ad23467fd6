package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void the_end_of_an_answer_says_what_it_cost_and_how_much_was_read_for_it() {
        app.ollama().loaded("tiny", 4096).model("tiny", say("Hel", "lo").promptTokens(26));

        var done = done(app.as("ada"), "{\"message\":\"Hi\",\"model_name\":\"tiny\"}");

        assertThat(done.toString()).isEqualTo("{\"message_id\":2,\"tokens_used\":2,\"prompt_tokens\":26,\"done_reason\":\"stop\","
                + "\"duration_ms\":167,\"context_length\":4096,\"messages_sent\":1,\"messages_left_out\":0}");
        var again = app.as("ada").follow(2).rest();
        assertThat(again.get(again.size() - 1).json()).as("of the stored answer").isEqualTo(done);
    }

    @Test
    void what_a_model_was_given_can_be_looked_up() {
        app.ollama().loaded("tiny", 4096).model("tiny", say("Yes").promptTokens(26));
        var ada = app.as("ada");
        ada.chat("{\"message\":\"One\",\"model_name\":\"tiny\"}");

        ada.chat(
                "{\"message\":\"Two\",\"conversation_id\":1,\"system_prompt\":\"Be brief.\",\"options\":{\"top_k\":3},\"format\":\"json\"}");

        var context = ada.get("/api/messages/4/context");
        var digest = context.json().path("digest").asText();
        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(context).isOk().isJson("""
                {"message_id":4,"model_name":"tiny","digest":"%s","system_prompt":"Be brief.",\
                "options":{"options":{"temperature":0.7,"top_k":3},"format":"json"},"message_ids":[1,2,3],"messages_sent":3,\
                "messages_left_out":0,"left_out":[],"prompt_bytes":18,"prompt_tokens":26,"context_length":4096,"prompt_cut":false}"""
                .formatted(digest));
    }

    @Test
    void a_context_that_is_not_there_is_not_found() {
        var ada = app.as("ada");
        ada.chat("{\"message\":\"One\",\"model_name\":\"echo\"}");

        assertThat(ada.get("/api/messages/2/context")).isOk();
        assertThat(ada.get("/api/messages/1/context")).isError(404, "Message not found");
        assertThat(ada.get("/api/messages/99/context")).isError(404, "Message not found");
        assertThat(app.as("bob").get("/api/messages/2/context")).isError(404, "Message not found");
        assertThat(app.anonymous().get("/api/messages/2/context")).hasStatus(401);
        assertThat(ada.get("/api/messages/x/context")).isInvalid("path.id");
    }

    @Test
    void the_account_says_how_many_messages_a_model_gets_to_read() {
        var ada = app.as("ada");
        long conversation = conversation(ada, 4);
        ada.post("/api/config/save", "{\"settings\":{\"context_messages\":3}}");

        var done = done(ada, "{\"message\":\"Hi\",\"conversation_id\":" + conversation + "}");

        assertThat(app.ollama().lastChat().body().path("messages")).hasSize(3);
        assertThat(done.path("messages_sent").asInt()).isEqualTo(3);
        assertThat(done.path("messages_left_out").asInt()).isEqualTo(6);
        assertThat(ada.get("/api/messages/" + done.path("message_id").asLong() + "/context").json().path("left_out").toString())
                .isEqualTo("[{\"reason\":\"messages\",\"messages\":6}]");
    }

    @Test
    void the_server_says_how_many_where_the_account_does_not() throws Exception {
        try (var server = TestApp.started("CONTEXT_MESSAGES", "2")) {
            var ada = server.as("ada");
            long conversation = conversation(ada, 3);

            ada.chat("{\"message\":\"Hi\",\"conversation_id\":" + conversation + "}");

            assertThat(server.ollama().lastChat().body().path("messages")).hasSize(2);
        }
    }

    @Test
    void as_many_messages_are_sent_as_fit_where_the_account_wants_that() {
        app.ollama().loaded("tiny", 2048).model("tiny", request -> say("Yes").promptTokens(bytes(request) / 4));
        var ada = app.as("ada");
        ada.post("/api/config/save", "{\"settings\":{\"context\":\"fit\"}}");
        var long1000 = "word ".repeat(200);
        ada.chat("{\"message\":\"" + "x".repeat(10_000) + "\",\"model_name\":\"tiny\"}");
        for (int i = 0; i < 9; i++) {
            ada.chat("{\"message\":\"" + long1000 + "\",\"conversation_id\":1}");
        }

        var done = done(ada, "{\"message\":\"Hi\",\"conversation_id\":1}");

        int sent = done.path("messages_sent").asInt();
        assertThat(sent).isBetween(5, 20);
        assertThat(done.path("messages_left_out").asInt()).isEqualTo(21 - sent);
        assertThat(ada.get("/api/messages/" + done.path("message_id").asLong() + "/context").json().path("left_out").get(0)
                .path("reason").asText()).isEqualTo("context");
    }

    @Test
    void a_prompt_that_was_cut_silently_is_noticed() {
        app.ollama().loaded("tiny", 2048).model("tiny", say("Yes").promptTokens(1027));
        var ada = app.as("ada");

        var done = done(ada, "{\"message\":\"" + "word ".repeat(15_000) + "\",\"model_name\":\"tiny\"}");
        assertThat(done.path("prompt_cut").asBoolean()).isTrue();
        assertThat(ada.get("/api/messages/2/context").json().path("prompt_cut").asBoolean()).isTrue();

        app.ollama().model("tiny", say("Yes").promptTokens(1300));
        var whole = done(ada, "{\"message\":\"" + "word ".repeat(1300) + "\",\"model_name\":\"tiny\"}");
        assertThat(whole.has("prompt_cut")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"context\":\"all\"", "\"context\":1", "\"context_messages\":0", "\"context_messages\":1001",
            "\"context_messages\":\"20\"", "\"context_messages\":2.5"})
    void a_setting_that_the_server_acts_on_has_to_be_what_it_takes(String setting) {
        assertThat(app.as("ada").post("/api/config/save", "{\"settings\":{" + setting + "}}")).isInvalid("body.settings");
    }

    private static long conversation(Client client, int questions) {
        long conversation = client.startsConversation("echo");
        for (int i = 0; i < questions; i++) {
            client.chat("{\"message\":\"Question\",\"conversation_id\":" + conversation + "}");
        }
        return conversation;
    }

    private static int bytes(JsonNode request) {
        int bytes = 0;
        for (var message : request.path("messages")) {
            bytes += message.path("content").asText().length();
        }
        return bytes;
    }

    private static JsonNode done(Client client, String json) {
        var events = client.chat(json);
        var last = events.get(events.size() - 1);
        assertThat(List.of("done")).contains(last.name());
        return last.json();
    }
}
