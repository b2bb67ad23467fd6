package ollamaweb.members;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A conversation of Ada, in which Wanda writes and Rita reads. */
@Timeout(60)
abstract class ConversationOfThree {

    @RegisterExtension
    static final TestApp app = new TestApp();

    Client ada;
    Client wanda;
    Client rita;
    long conversation;

    @BeforeEach
    void conversationOfThree() {
        app.ollama().model("tiny", say("Hello"));
        ada = app.as("ada");
        wanda = app.as("wanda");
        rita = app.as("rita");
        conversation = ask(ada, null, "Why does bread rise?").path("conversation_id").asLong();
        join(wanda, "writer");
        join(rita, "reader");
    }

    void join(Client member, String role) {
        assertThat(ada.post(path("/members"), "{\"user_id\":" + id(member) + ",\"role\":\"" + role + "\"}")).hasStatus(201);
    }

    static JsonNode ask(Client client, Long in, String message) {
        var answer = client.post("/api/chat/stream", "{\"message\":\"" + message + "\",\"model_name\":\"tiny\",\"stream\":false"
                + (in == null ? "" : ",\"conversation_id\":" + in) + "}");
        assertThat(answer).isOk();
        return answer.json();
    }

    JsonNode listed(Client client) {
        for (var each : client.get("/api/conversations").json().path("conversations")) {
            if (each.path("id").asLong() == conversation) {
                return each;
            }
        }
        return null;
    }

    static JsonNode hits(Client client, String word) {
        return client.post("/api/chat/search", "{\"query\":\"" + word + "\"}").json();
    }

    static long answers(Client client) {
        return client.get("/api/usage?group_by=day").json().at("/items/0/answers").asLong();
    }

    String path(String more) {
        return "/api/conversations/" + conversation + more;
    }

    static long id(Client client) {
        return client.get("/api/config/get").json().path("user_id").asLong();
    }

    static String text(long number) {
        return Long.toString(number);
    }
}
