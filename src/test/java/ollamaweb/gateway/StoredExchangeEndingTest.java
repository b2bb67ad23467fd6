package ollamaweb.gateway;

import static ollamaweb.gateway.Exchanges.ASK;
import static ollamaweb.gateway.Exchanges.OPENAI;
import static ollamaweb.gateway.Exchanges.conversation;
import static ollamaweb.gateway.Exchanges.post;
import static ollamaweb.gateway.Exchanges.send;
import static ollamaweb.gateway.Exchanges.status;
import static ollamaweb.gateway.Exchanges.texts;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.cutMidLine;
import static ollamaweb.testing.Script.errorLine;
import static ollamaweb.testing.Script.garbage;
import static ollamaweb.testing.Script.hangUp;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.refuse;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.silence;
import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.ScriptedServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However an exchange that is kept ends, its client gets what there is, and what came is kept. */
class StoredExchangeEndingTest {

    private static final ScriptedServer upstream = ScriptedServer.start();

    @RegisterExtension
    static final TestApp app = new TestApp().with("OLLAMA_ALLOWED_HOSTS", upstream.url().replace("http://", ""))
            .with("MAX_ANSWER_BYTES", "1024");

    private final Client ada = app.as("ada");

    @AfterAll
    static void close() {
        upstream.close();
    }

    @Test
    void a_strangers_conversation_does_not_exist_for_these_clients_either() {
        long id = app.as("bob").startsConversation("tiny");
        int before = app.ollama().chats().size();

        var refused = post(ada, "/api/chat", ASK, "X-Store", "true", "X-Conversation-Id", Long.toString(id));
        assertThat(refused).hasStatus(404).isJson("{\"error\":\"Conversation not found\"}");
        var asOpenAi = post(ada, "/v1/chat/completions",
                OPENAI.replace("\"store\"", "\"metadata\":{\"conversation_id\":\"" + id + "\"},\"store\""));
        assertThat(asOpenAi).hasStatus(404).isJson(
                "{\"error\":{\"message\":\"Conversation not found\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");

        assertThat(app.ollama().chats()).hasSize(before);
        assertThat(app.as("bob").messages(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Store           | perhaps | X-Store: must be true or false
            X-Conversation-Id | twelve  | X-Conversation-Id: must be the id of a conversation
            """)
    void a_header_that_makes_no_sense_is_refused_by_its_name(String header, String value, String error) {
        assertThat(post(ada, "/api/chat", ASK, "X-Store", "true", header, value)).hasStatus(422).isJson("{\"error\":\"" + error + "\"}");
    }

    @Test
    void a_wrong_field_is_named_as_openais_clients_read_it() {
        var last = OPENAI.replace("\"user\"", "\"assistant\"");

        assertThat(post(ada, "/v1/chat/completions", last)).hasStatus(422).isJson("""
                {"error":{"message":"messages: the last one must be a question, or the result of a tool, to be kept",
                "type":"invalid_request_error","param":"messages","code":null}}""");
    }

    @Test
    void an_answer_goes_on_when_its_client_leaves_and_is_followed_by_its_id() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        long id;
        try (var answer = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            answer.body().source().readUtf8LineStrict();
            id = Long.parseLong(answer.header("X-Message-Id"));
        }

        try (var stream = ada.follow(id)) {
            assertThat(stream.next("token").content()).isEqualTo("Hel");
            gate.open();
            assertThat(stream.next("token").content()).isEqualTo("lo");
            stream.next("done");
        }
    }

    @Test
    void an_answer_is_stopped_by_its_id_and_another_question_waits_until_then() throws Exception {
        app.ollama().model("tiny", say("Hel").then(silence()));
        try (var answer = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            answer.body().source().readUtf8LineStrict();
            var id = answer.header("X-Message-Id");
            assertThat(post(ada, "/api/chat", ASK, "X-Store", "true", "X-Conversation-Id", answer.header("X-Conversation-Id")))
                    .hasStatus(409).isJson("{\"error\":\"An answer is still in the making\"}");

            assertThat(ada.post("/api/chat/" + id + "/stop", "{}")).isOk();

            assertThatThrownBy(() -> answer.body().string()).isInstanceOf(IOException.class);
            assertThat(texts(ada, conversation(answer))).containsExactly("user: Why?", "assistant: Hel");
        }
    }

    @Test
    void a_key_that_is_revoked_ends_the_connection_and_not_the_answer() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var key = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"program\"}").json().path("data");
        try (var answer = send(app.with(key.path("api_key").asText()), "/api/chat", ASK, "X-Store", "true")) {
            answer.body().source().readUtf8LineStrict();

            assertThat(ada.delete("/api/v1/users/me/api-keys/" + key.path("id").asLong())).isOk();

            assertThatThrownBy(() -> answer.body().string()).isInstanceOf(IOException.class);
            gate.open();
            assertThat(ada.follow(Long.parseLong(answer.header("X-Message-Id"))).rest()).extracting(Event::name).endsWith("done");
        }
    }

    @Test
    void an_image_that_is_none_is_refused() {
        var body = ASK.replace("\"Why?\"", "\"Why?\",\"images\":[\"dGV4dA==\"]");

        assertThat(post(ada, "/api/chat", body, "X-Store", "true")).hasStatus(415)
                .isJson("{\"error\":\"An image must be PNG, JPEG, WebP or GIF\"}");
        assertThat(post(ada, "/api/chat", body.replace("dGV4dA==", "?"), "X-Store", "true")).hasStatus(422)
                .isJson("{\"error\":\"messages: an image must be base64\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"tiny\"}", "{\"model\":\"tiny\",\"messages\":[]}", "{\"messages\":[{\"role\":\"user\"}]}", "[1"})
    void where_no_answer_is_asked_for_nothing_is_kept(String body) throws Exception {
        app.ollama().model("tiny", say("Hello"));

        try (var answer = send(ada, "/api/chat", body, "X-Store", "true")) {
            assertThat(answer.header("X-Conversation-Id")).isNull();
        }
    }

    @Test
    void what_ollama_refuses_is_passed_on_and_kept_with_its_reason() throws Exception {
        app.ollama().model("tiny", refuse(500, "out of memory"));

        try (var answer = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            assertThat(answer.code()).isEqualTo(500);
            assertThat(answer.body().string()).isEqualTo("{\"error\":\"out of memory\"}");
            assertThat(status(ada, answer)).isEqualTo("error");
        }
    }

    @Test
    void an_answer_that_fails_is_passed_on_as_it_is() throws Exception {
        app.ollama().model("tiny", say("Hel").then(errorLine("out of memory")));
        try (var answer = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            assertThat(answer.body().string()).endsWith("{\"error\":\"out of memory\"}\n");
            assertThat(texts(ada, conversation(answer))).containsExactly("user: Why?", "assistant: Hel");
            assertThat(status(ada, answer)).isEqualTo("error");
        }
        app.ollama().model("tiny", say("Hel").then(garbage("<html>"), garbage("lo"), hangUp()));
        try (var answer = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            assertThat(answer.body().string()).endsWith("<html>\nlo\n");
            assertThat(status(ada, answer)).isEqualTo("error");
        }
        app.ollama().model("tiny", say("Hel").then(cutMidLine()));
        try (var answer = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            assertThatThrownBy(() -> answer.body().string()).isInstanceOf(IOException.class);
            Await.await(() -> status(ada, answer).equals("error"), () -> status(ada, answer));
        }
    }

    @Test
    void of_an_answer_that_is_too_long_the_client_gets_all() throws Exception {
        app.ollama().model("tiny", tokens(1000, 0));

        try (var answer = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            assertThat(answer.body().string()).contains("\" t999\"", "\"done\":true");
            assertThat(status(ada, answer)).isEqualTo("interrupted");
        }
    }

    @Test
    void an_ollama_that_is_away_is_told_as_the_clients_read_it() {
        var bob = app.as("bob without ollama");
        upstream.on("/api/chat", exchange -> exchange.close());
        assertThat(bob.post("/api/config/save", "{\"ollama_url\":\"" + upstream.url() + "\"}")).isOk();

        assertThat(post(bob, "/api/chat", ASK, "X-Store", "true")).hasStatus(503)
                .isJson("{\"error\":\"Ollama service is not running or unreachable\"}");
    }
}
