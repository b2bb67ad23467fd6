package ollamaweb.gateway;

import static ollamaweb.gateway.Exchanges.ASK;
import static ollamaweb.gateway.Exchanges.OPENAI;
import static ollamaweb.gateway.Exchanges.conversation;
import static ollamaweb.gateway.Exchanges.send;
import static ollamaweb.gateway.Exchanges.status;
import static ollamaweb.gateway.Exchanges.texts;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.pulling;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.ScriptedOpenAi;
import ollamaweb.testing.ScriptedServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges are kept, and models cared for, wherever the models are: at one of several Ollamas, or at an upstream. */
class StoredElsewhereTest {

    private static final ScriptedOllama one = ScriptedOllama.start();
    private static final ScriptedOllama two = ScriptedOllama.start();
    private static final ScriptedServer lan = ScriptedOpenAi.start(new String[] {"gpt-oss"}, "from ", "lan");

    @RegisterExtension
    static final TestApp app = new TestApp().with("OLLAMA_URL", one.url() + "," + two.url())
            .with("OLLAMA_ALLOWED_HOSTS", lan.url().replace("http://", ""));

    private final Client ada = app.as("ada");

    @AfterAll
    static void close() {
        one.close();
        two.close();
        lan.close();
    }

    @Test
    void where_one_ollama_is_away_the_next_one_makes_the_answer_that_is_kept() throws Exception {
        one.model("tiny", say("from one"));
        two.model("tiny", say("from two"));
        one.close();
        try (var answer = send(ada, "/api/chat", ASK, "X-Store", "true")) {
            assertThat(answer.code()).isEqualTo(200);
            assertThat(answer.body().string()).contains("from two");
            assertThat(texts(ada, conversation(answer))).containsExactly("user: Why?", "assistant: from two");
        } finally {
            one.restart();
        }
    }

    @Test
    void a_model_that_no_ollama_has_is_refused_once() throws Exception {
        int before = one.calls("/api/chat") + two.calls("/api/chat");

        try (var answer = send(ada, "/api/chat", ASK.replace("tiny", "nothing"), "X-Store", "true")) {
            assertThat(answer.code()).isEqualTo(404);
            assertThat(answer.body().string()).isEqualTo("{\"error\":\"model 'nothing' not found\"}");
            Await.await(() -> status(ada, answer).equals("error"), () -> status(ada, answer));
        }
        assertThat(one.calls("/api/chat") + two.calls("/api/chat")).isEqualTo(before + 1);
    }

    @Test
    void what_an_upstream_answers_is_kept() throws Exception {
        var bob = app.as("bob");
        assertThat(bob.post("/api/upstreams",
                "{\"name\":\"lan\",\"kind\":\"openai\",\"url\":\"" + lan.url() + "/v1\",\"api_key\":\"sk-1\"}")).hasStatus(201);

        try (var answer =
                send(bob, "/v1/chat/completions", OPENAI.replace("tiny", "gpt-oss").replace("\"store\"", "\"stream\":true,\"store\""))) {
            assertThat(answer.body().string()).contains("data: [DONE]");
            Await.await(() -> texts(bob, conversation(answer)).contains("assistant: from lan"),
                    () -> texts(bob, conversation(answer)).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_translated_into_ollamas_lines_is_kept(boolean stream) throws Exception {
        var carol = app.as("carol " + stream);
        assertThat(carol.post("/api/upstreams",
                "{\"name\":\"lan\",\"kind\":\"openai\",\"url\":\"" + lan.url() + "/v1\",\"api_key\":\"sk-1\"}")).hasStatus(201);

        try (var answer =
                send(carol, "/api/chat", ASK.replace("tiny", "gpt-oss").replace("\"messages\"", "\"stream\":" + stream + ",\"messages\""),
                        "X-Store", "true")) {
            assertThat(answer.body().string()).contains("lan", "\"done\":true");
            assertThat(texts(carol, conversation(answer))).containsExactly("user: Why?", "assistant: from lan");
        }
    }

    @Test
    void a_model_is_fetched_to_one_ollama_and_deleted_from_all() {
        one.pulling("fresh", pulling("aaa", 1, 2));
        assertThat(ada.post("/api/models/pull", "{\"name\":\"fresh\"}")).isOk();
        assertThat(one.calls("/api/pull") + two.calls("/api/pull")).isEqualTo(1);
        one.model("both", say("hi"));
        two.model("both", say("hi"));

        assertThat(ada.delete("/api/models/both")).isOk();

        assertThat(ada.get("/api/models/list").json().path("models").findValuesAsText("name")).doesNotContain("both:latest")
                .contains("fresh:latest");
        assertThat(ada.delete("/api/models/both")).isError(404, "Model 'both' not found");
    }
}
