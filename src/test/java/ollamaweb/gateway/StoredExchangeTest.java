package ollamaweb.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.gateway.Exchanges.ASK;
import static ollamaweb.gateway.Exchanges.OPENAI;
import static ollamaweb.gateway.Exchanges.conversation;
import static ollamaweb.gateway.Exchanges.post;
import static ollamaweb.gateway.Exchanges.send;
import static ollamaweb.gateway.Exchanges.status;
import static ollamaweb.gateway.Exchanges.texts;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.thinking;
import static ollamaweb.testing.Script.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.ScriptedServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs ask through the APIs of Ollama and OpenAI is kept as conversations, where they want that. */
class StoredExchangeTest {

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
    void what_is_kept_passes_byte_for_byte_all_the_same() throws Exception {
        var odd =
                "{ \"message\" : {\"content\":\"Gr\\u00fc\\u00dfe 👋\"},\"x\":1e2 }\n\n{\"message\":{\"content\":\"!\"},\t\"done\": true}\r\n{\"z\":1}";
        var body =
                "{ \"model\":\"tiny\",\"metadata\":{\"a\":\"b\"},\"store\":true,\r\n\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}";
        upstream.on("/api/chat", 200, "application/x-odd", odd);
        var bob = app.as("bob with another ollama");
        assertThat(bob.post("/api/config/save", "{\"ollama_url\":\"" + upstream.url() + "\"}")).isOk();

        try (var answer = send(bob, "/api/chat", body, "X-Store", "true")) {
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-odd");
            assertThat(new String(answer.body().bytes(), UTF_8)).isEqualTo(odd);
            assertThat(upstream.received()).filteredOn(received -> received.path().equals("/api/chat"))
                    .extracting(ScriptedServer.Received::body).containsExactly(body);
            assertThat(texts(bob, conversation(answer))).containsExactly("user: Why?", "assistant: Grüße 👋!");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_chat_becomes_a_conversation(boolean stream) throws Exception {
        app.ollama().model("tiny", thinking("Hm. ").then(say("Hel", "lo")).evalCount(7));
        var body = """
                {"model":"tiny","stream":%s,"options":{"temperature":0.2},"messages":[{"role":"system","content":"Be brief."},
                {"role":"user","content":"Hi there"},{"role":"assistant","content":"Hi!"},{"role":"user","content":"Why?"}]}"""
                .formatted(stream);

        try (var answer = send(ada, "/api/chat", body, "X-Store", "true")) {
            assertThat(answer.body().string()).contains("lo");

            var conversation = ada.get("/api/conversations/" + conversation(answer)).json();
            assertThat(conversation.path("title").asText()).isEqualTo("Hi there");
            assertThat(conversation.path("model_name").asText()).isEqualTo("tiny");
            assertThat(conversation.path("system_prompt").asText()).isEqualTo("Be brief.");
            assertThat(texts(ada, conversation(answer)))
                    .containsExactly("user: Hi there", "assistant: Hi!", "user: Why?", "assistant: Hello");
            var last = conversation.path("messages").path(3);
            assertThat(last.path("id").asText()).isEqualTo(answer.header("X-Message-Id"));
            assertThat(last.path("status").asText()).isEqualTo("complete");
            assertThat(last.path("thinking").asText()).isEqualTo("Hm. ");
            assertThat(last.path("tokens_used").asInt()).isEqualTo(7);
            var context = ada.get("/api/messages/" + answer.header("X-Message-Id") + "/context").json();
            assertThat(context.path("messages_sent").asInt()).isEqualTo(3);
            assertThat(context.at("/options/options/temperature").asDouble()).isEqualTo(0.2);
        }
    }

    @Test
    void a_text_that_is_generated_becomes_a_conversation() throws Exception {
        app.ollama().model("tiny", say("Blue", "."));

        try (var answer =
                send(ada, "/api/generate", "{\"model\":\"tiny\",\"system\":\"Brief.\",\"prompt\":\"The sky is\"}", "X-Store", "1")) {
            assertThat(answer.body().string()).contains("\"response\":\"Blue\"");
            assertThat(texts(ada, conversation(answer))).containsExactly("user: The sky is", "assistant: Blue.");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_exchange_of_openais_api_is_kept_as_its_body_says(boolean stream) throws Exception {
        app.ollama().model("tiny", thinking("Hm.").then(say("Hel", "lo")).evalCount(7));

        try (var answer = send(ada, "/v1/chat/completions", OPENAI.replace("\"store\"", "\"stream\":" + stream + ",\"store\""))) {
            assertThat(answer.body().string()).contains(stream ? "data: [DONE]" : "\"chat.completion\"");
            long id = conversation(answer);
            Await.await(() -> texts(ada, id).contains("assistant: Hello"), () -> texts(ada, id).toString());
            assertThat(ada.get("/api/conversations/" + id).json().at("/messages/1/thinking").asText()).isEqualTo("Hm.");
        }
    }

    @Test
    void an_exchange_is_added_to_the_conversation_that_is_named() throws Exception {
        app.ollama().model("tiny", say("One."));
        long id;
        try (var first = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            first.body().string();
            id = conversation(first);
        }
        var more = ASK.replace("}]}", "},{\"role\":\"assistant\",\"content\":\"One.\"},{\"role\":\"user\",\"content\":\"And?\"}]}");
        app.ollama().model("tiny", say("Two."));

        try (var second = send(ada, "/api/chat", more, "X-Store", "true", "X-Conversation-Id", Long.toString(id))) {
            second.body().string();
            assertThat(conversation(second)).isEqualTo(id);
        }
        var named = OPENAI.replace("Why?", "So?").replace("\"store\"", "\"metadata\":{\"conversation_id\":\"" + id + "\"},\"store\"");
        try (var third = send(ada, "/v1/chat/completions", named)) {
            third.body().string();
        }

        assertThat(texts(ada, id)).containsExactly("user: Why?", "assistant: One.", "user: And?", "assistant: Two.", "user: So?",
                "assistant: Two.");
    }

    @Test
    void images_and_tool_calls_are_kept() throws Exception {
        app.ollama().model("tiny", toolCall("get_weather", "{\"city\":\"Paris\"}"));
        var image = Base64.getEncoder().encodeToString(Pictures.png("a"));
        var body = """
                {"model":"tiny","messages":[{"role":"user","content":"What is it?","images":["%s"]},
                {"role":"assistant","content":"","tool_calls":[{"function":{"name":"look","arguments":{"at":1}}}]},
                {"role":"tool","content":"A cat","tool_name":"look"}]}""".formatted(image);

        try (var answer = send(ada, "/api/chat", body, "X-Store", "true")) {
            answer.body().string();

            var messages = ada.messages(conversation(answer));
            assertThat(messages.at("/0/files/0/media_type").asText()).isEqualTo("image/png");
            assertThat(messages.at("/1/tool_calls/0/function/name").asText()).isEqualTo("look");
            assertThat(messages.at("/2/role").asText()).isEqualTo("tool");
            assertThat(messages.at("/2/tool_name").asText()).isEqualTo("look");
            assertThat(messages.at("/3/tool_calls/0/function/arguments/city").asText()).isEqualTo("Paris");
        }
        var asOpenAi = """
                {"model":"tiny","store":true,"messages":[{"role":"user","content":[{"type":"text","text":"And this?"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}]}]}""".formatted(image);
        try (var answer = send(ada, "/v1/chat/completions", asOpenAi)) {
            answer.body().string();
            var messages = ada.messages(conversation(answer));
            assertThat(messages.at("/0/content").asText()).isEqualTo("And this?");
            assertThat(messages.at("/0/files")).hasSize(1);
            assertThat(messages.at("/1/tool_calls/0/function/name").asText()).isEqualTo("get_weather");
        }
    }

    @Test
    void a_key_keeps_by_default_what_requests_do_not_say_otherwise() throws Exception {
        app.ollama().model("tiny", say("Hello"));
        var made = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"program\",\"store\":true}").json().path("data");
        assertThat(made.path("store").asBoolean()).isTrue();
        assertThat(ada.get("/api/v1/users/me/api-keys").json().at("/data/items").findValuesAsText("store")).contains("true", "false");
        var program = app.with(made.path("api_key").asText());

        for (var path : List.of("/api/chat", "/v1/chat/completions")) {
            try (var kept = send(program, path, ASK)) {
                assertThat(kept.header("X-Conversation-Id")).as(path).isNotNull();
                kept.body().string();
            }
        }
        try (var not = send(program, "/api/chat", ASK, "X-Store", "false")) {
            assertThat(not.header("X-Conversation-Id")).isNull();
        }
        try (var not = send(program, "/v1/chat/completions", OPENAI.replace("\"store\":true", "\"store\":false"))) {
            assertThat(not.header("X-Conversation-Id")).isNull();
        }
    }
}
