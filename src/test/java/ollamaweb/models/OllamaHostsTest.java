package ollamaweb.models;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Gate;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several Ollamas stand for each other. */
class OllamaHostsTest {

    private static final String CHAT = "{\"model\":\"both\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final ScriptedOllama one = ScriptedOllama.start();
    private final ScriptedOllama two = ScriptedOllama.start();
    private TestApp app;

    @AfterEach
    void close() throws Exception {
        app.close();
        one.close();
        two.close();
    }

    private Client start() throws Exception {
        one.installed("both", "twin", "left");
        two.installed("both", "twin", "right");
        for (var each : new String[] {"both", "twin", "left", "right"}) {
            one.model(each, say("one"));
            two.model(each, say("two"));
        }
        one.remove("right");
        two.remove("left");
        app = TestApp.started("OLLAMA_URL", one.url() + "," + two.url(), "OLLAMA_PARALLEL", "1");
        one.awaitCalls("/api/tags", 1);
        two.awaitCalls("/api/tags", 1);
        return app.as("ada");
    }

    @Test
    void a_question_goes_to_a_host_that_has_the_model() throws Exception {
        var ada = start();

        assertThat(answer(ada, "left")).isEqualTo("one");
        assertThat(answer(ada, "right")).isEqualTo("two");
        assertThat(ada.get("/api/models/list?refresh=true").json().path("models").findValuesAsText("name"))
                .containsExactlyInAnyOrder("both:latest", "twin:latest", "left:latest", "right:latest");
        assertThat(ada.get("/api/models/right/info")).isOk();
        assertThat(ada.post("/api/chat", CHAT.replace("both", "right")).body()).contains("two");
        two.loaded("right", 4096);
        assertThat(ada.get("/api/ps").body()).contains("right:latest");
        assertThat(ada.get("/api/tags").body()).contains("left:latest", "right:latest");
    }

    @Test
    void one_that_has_the_model_loaded_is_asked_first_and_then_the_one_with_least_to_do() throws Exception {
        one.loaded("left", 4096);
        two.loaded("both", 4096);
        one.loaded("twin", 4096);
        two.loaded("twin", 4096);
        var ada = start();
        Await.await(() -> answer(ada, "both").equals("two"), () -> "the one that has it loaded is not asked");
        var gate = new Gate();
        one.model("left", say("Hel").then(hold(gate)));
        try (var busy = ada.ask("{\"message\":\"Hi\",\"model_name\":\"left\"}")) {
            gate.awaitArrival();

            assertThat(answer(ada, "twin")).isEqualTo("two");
            gate.open();
            assertThat(busy.rest()).isNotEmpty();
        }
    }

    @Test
    void one_that_is_away_is_left_out_and_taken_back() throws Exception {
        var ada = start();
        one.close();

        for (int i = 0; i < 4; i++) {
            assertThat(answer(ada, "both")).isEqualTo("two");
        }
        assertThat(ada.get("/api/models/list?refresh=true")).isOk();
        assertThat(ada.post("/api/chat", CHAT).body()).contains("two");
        two.close();
        assertThat(ask(ada, "both")).isError(503, "Ollama service is not running or unreachable");
        one.restart();
        Await.await(() -> ask(ada, "both").status() == 200, () -> "it is not taken back");
        assertThat(answer(ada, "both")).isEqualTo("one");
    }

    @Test
    void a_question_that_got_no_word_moves_on_and_stands_in_the_line_of_the_next() throws Exception {
        var ada = start();
        var gate = new Gate();
        two.model("right", say("Hel").then(hold(gate)));
        try (var busy = ada.ask("{\"message\":\"Hi\",\"model_name\":\"right\"}")) {
            gate.awaitArrival();
            one.close();

            try (var moved = ada.ask("{\"message\":\"Hi\",\"model_name\":\"both\"}")) {
                moved.next("conversation_created");
                moved.next("message_created");
                assertThat(moved.next("queued").json().path("position").asInt()).isEqualTo(1);
                gate.open();
                assertThat(moved.next("token").data()).contains("two");
                assertThat(moved.next("done")).isNotNull();
            }
            assertThat(busy.rest()).isNotEmpty();
        }
    }

    private static Answer ask(Client user, String model) {
        return user.post("/api/chat/stream", "{\"message\":\"Hi\",\"stream\":false,\"model_name\":\"" + model + "\"}");
    }

    private static String answer(Client user, String model) {
        var answer = ask(user, model);
        assertThat(answer).isOk();
        return answer.json().path("content").asText();
    }
}
