package ollamaweb.upstreams;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.ScriptedOpenAi;
import ollamaweb.testing.ScriptedServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Models of upstreams stand beside those of the account's Ollama. */
class UpstreamModelsTest {

    private static final ScriptedServer lan = ScriptedOpenAi.start(new String[] {"tiny", "gpt-oss", "acme/big"}, "from ", "lan");
    private static final ScriptedServer cloud = ScriptedOpenAi.startAnthropic(new String[] {"claude"}, "from ", "cloud");
    private static final ScriptedOllama other = ScriptedOllama.start();

    @RegisterExtension
    static final TestApp app = new TestApp().with("OLLAMA_ALLOWED_HOSTS", String.join(",", host(lan.url()), host(cloud.url()),
            host(other.url())));

    @AfterAll
    static void close() {
        lan.close();
        cloud.close();
        other.close();
    }

    @BeforeEach
    void models() {
        app.as("admin");
        app.ollama().installed("tiny", "own");
        app.ollama().model("tiny", say("from own"));
        other.installed("llama");
        other.model("llama", say("from other"));
    }

    @Test
    void lists_are_merged_and_a_name_that_is_there_twice_is_told_apart() {
        var listed = withAll("ada").get("/api/models/list").json();

        assertThat(names(listed)).containsExactly("tiny:latest@ollama", "own:latest@ollama", "lan/tiny@lan", "gpt-oss@lan",
                "acme/big@lan", "claude@cloud", "llama:latest@other");
        assertThat(listed.path("count").asInt()).isEqualTo(7);
    }

    @Test
    void a_question_goes_to_where_its_model_is() {
        var bob = withAll("bob");

        assertThat(answer(bob, "tiny")).isEqualTo("from own");
        assertThat(answer(bob, "lan/tiny")).isEqualTo("from lan");
        assertThat(lan.last().body()).contains("\"model\":\"tiny\"");
        assertThat(lan.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-1");
        assertThat(answer(bob, "gpt-oss")).isEqualTo("from lan");
        assertThat(answer(bob, "acme/big")).isEqualTo("from lan");
        assertThat(answer(bob, "claude")).isEqualTo("from cloud");
        assertThat(answer(bob, "cloud/claude")).isEqualTo("from cloud");
        assertThat(answer(bob, "llama")).isEqualTo("from other");
        assertThat(other.lastChat().body().path("model").asText()).isEqualTo("llama");
    }

    @Test
    void an_answer_streams_with_its_counts_and_is_kept_under_the_name_it_was_asked_for_by() {
        var carl = withAll("carl");

        var events = carl.chat("{\"message\":\"Hi\",\"model_name\":\"lan/tiny\"}");

        assertThat(events).extracting(Event::name).containsExactly("conversation_created", "message_created", "token", "token", "done");
        var done = events.get(4).json();
        assertThat(done.path("tokens_used").asInt()).isEqualTo(2);
        assertThat(done.path("prompt_tokens").asInt()).isEqualTo(3);
        assertThat(done.path("done_reason").asText()).isEqualTo("stop");
        assertThat(carl.messages(events.get(0).json().path("conversation_id").asLong()).get(1).path("model_name").asText())
                .isEqualTo("lan/tiny");
    }

    @Test
    void one_that_is_switched_off_or_deleted_has_no_models_any_more() {
        var dora = withAll("dora");
        assertThat(answer(dora, "gpt-oss")).isEqualTo("from lan");
        var path = "/api/upstreams/" + id(dora, "lan");

        assertThat(dora.patch(path, "{\"enabled\":false}")).isOk();
        assertThat(names(dora.get("/api/models/list").json())).noneMatch(name -> name.endsWith("@lan"));
        assertThat(ask(dora, "lan/tiny")).isError(404, "Model 'lan/tiny' not found");
        assertThat(dora.patch(path, "{\"enabled\":true}")).isOk();
        assertThat(answer(dora, "gpt-oss")).isEqualTo("from lan");
        assertThat(dora.delete(path)).isOk();
        assertThat(ask(dora, "gpt-oss")).isError(404, "Model 'gpt-oss' not found");
    }

    @Test
    void one_that_is_away_disturbs_no_other_and_what_was_known_of_it_is_marked() {
        var eve = withAll("eve");
        try (var fading = ScriptedOpenAi.start(new String[] {"fading"}, "hi")) {
            var admin = app.as("admin");
            long shared = made(admin.post("/api/upstreams", "{\"name\":\"fading\",\"kind\":\"openai\",\"shared\":true,\"url\":\""
                    + fading.url() + "\"}").json());
            assertThat(names(eve.get("/api/models/list").json())).contains("fading@fading");
            fading.close();

            var listed = eve.get("/api/models/list?refresh=true").json();

            assertThat(names(listed)).contains("fading@fading", "gpt-oss@lan", "own:latest@ollama");
            assertThat(listed.path("models")).filteredOn(model -> model.path("name").asText().equals("fading")).singleElement()
                    .satisfies(model -> assertThat(model.path("available").asBoolean(true)).isFalse());
            assertThat(ask(eve, "fading")).isError(503, "fading service is not running or unreachable");
            assertThat(answer(eve, "tiny")).isEqualTo("from own");
            assertThat(admin.delete("/api/upstreams/" + shared)).isOk();
        }
    }

    @Test
    void one_that_says_nothing_keeps_nobody_waiting_for_long() {
        var fay = withAll("fay");
        var released = new CountDownLatch(1);
        try (var silent = ScriptedServer.start().on("/v1/models", exchange -> await(released))) {
            long id = made(app.as("admin").post("/api/upstreams", "{\"name\":\"silent\",\"kind\":\"openai\",\"shared\":true,\"url\":\""
                    + silent.url() + "\"}").json());

            assertThat(names(fay.get("/api/models/list").json())).contains("own:latest@ollama", "gpt-oss@lan");
            assertThat(app.as("admin").delete("/api/upstreams/" + id)).isOk();
            released.countDown();
        }
    }

    @Test
    void the_models_of_a_shared_one_are_everybodys_with_the_key_of_the_admin() {
        long id =
                made(app.as("admin").post("/api/upstreams", "{\"name\":\"house\",\"kind\":\"openai\",\"shared\":true,\"api_key\":\"sk-2\","
                        + "\"url\":\"" + lan.url() + "/v1\"}").json());

        assertThat(answer(app.as("gil"), "house/tiny")).isEqualTo("from lan");
        assertThat(lan.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-2");
        assertThat(app.as("admin").delete("/api/upstreams/" + id)).isOk();
        assertThat(ask(app.as("gil"), "house/tiny")).isError(404, "Model 'house/tiny' not found");
    }

    @Test
    void insights_are_written_by_them_too() {
        var hal = withAll("hal");
        assertThat(hal.post("/api/v1/tasks", "{\"title\":\"Feed the starter\",\"due_date\":\"2026-01-05\"}")).hasStatus(201);

        var made = hal.post("/api/v1/insights", "{\"kind\":\"daily_summary\",\"model_name\":\"gpt-oss\",\"wait\":true}");

        long id = made.json().path("data").path("id").asLong();
        Await.await(() -> hal.get("/api/v1/insights/" + id).body().contains("from lan"),
                () -> "it is not written: " + hal.get("/api/v1/insights/" + id).body());
    }

    @Test
    void programs_that_speak_openais_api_reach_them_byte_for_byte() {
        var ivy = withAll("ivy");
        var odd = "{ \"x\": [1.50],\r\n\"model\" : \"lan/tiny\" , \"messages\":[{\"role\":\"user\",\"content\":\"Grüße\"}]}";

        var answer = ivy.post("/v1/chat/completions", odd);

        assertThat(answer.body()).contains("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"from \"}}]}", "data: [DONE]");
        assertThat(lan.last().body()).isEqualTo(odd.replace("lan/tiny", "tiny"));
        assertThat(lan.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-1");
        assertThat(ivy.get("/v1/models").json().path("data")).extracting(model -> model.path("id").asText())
                .contains("own:latest", "lan/tiny", "claude");
        assertThat(ivy.get("/v1/models/gpt-oss").json().path("owned_by").asText()).isEqualTo("lan");
        assertThat(ivy.get("/v1/models/nothing")).hasStatus(404);
    }

    @Test
    void programs_that_speak_ollamas_api_chat_with_models_of_any_kind() throws Exception {
        var kim = withAll("kim");
        var ask =
                "{\"model\":\"lan/tiny\",\"think\":false,\"options\":{\"num_predict\":5},\"messages\":[{\"role\":\"system\",\"content\":\"Be\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi\",\"images\":[\"/9j/\"]}]}";

        var lines = kim.post("/api/chat", ask).body().lines().map(line -> Json.read(line, JsonNode.class)).toList();

        assertThat(lines).extracting(line -> line.at("/message/content").asText()).containsExactly("from ", "lan", "");
        assertThat(lines.get(0).path("model").asText()).isEqualTo("lan/tiny");
        assertThat(lines.get(2).path("done").asBoolean()).isTrue();
        assertThat(lines.get(2).path("done_reason").asText()).isEqualTo("stop");
        assertThat(lines.get(2).path("eval_count").asInt()).isEqualTo(2);
        assertThat(lan.last().body()).contains("\"model\":\"tiny\"", "\"max_tokens\":5", "data:image/jpeg;base64,/9j/");
        var whole = kim.post("/api/chat", ask.replace("lan/tiny", "claude").replace("\"think\"", "\"stream\":false,\"think\"")).json();
        assertThat(whole.at("/message/content").asText()).isEqualTo("from cloud");
        assertThat(whole.path("done").asBoolean()).isTrue();
        assertThat(kim.post("/api/chat", "{\"model\":\"claude\",\"tools\":[{}],\"messages\":[]}"))
                .isJson("{\"error\":\"tools cannot be passed on to a server of another kind\"}").hasStatus(400);
        assertThat(kim.post("/api/chat", "{\"model\":\"cloud/none\",\"messages\":[{\"role\":\"tool\"}]}")).hasStatus(400);
    }

    @Test
    void what_a_server_does_not_speak_is_refused_in_the_shape_of_the_door() {
        var jon = withAll("jon");
        var ask = "{\"model\":\"gpt-oss\",\"messages\":[]}";

        assertThat(jon.post("/api/generate", ask)).hasStatus(400)
                .isJson("{\"error\":\"The model is on a server that does not speak this API: lan\"}");
        assertThat(jon.post("/v1/chat/completions", ask.replace("gpt-oss", "claude"))).hasStatus(400);
        assertThat(jon.post("/api/show", "{\"model\":\"llama\"}")).isOk();
        assertThat(jon.get("/api/tags").json().path("models")).extracting(model -> model.path("name").asText())
                .contains("own:latest", "lan/tiny", "llama:latest");
    }

    /** @return somebody who has all three, made once */
    private static Client withAll(String name) {
        var user = app.as(name);
        if (!user.get("/api/upstreams").body().contains("\"lan\"")) {
            add(user, "lan", "openai", lan.url(), 1);
            add(user, "cloud", "anthropic", cloud.url(), 2);
            add(user, "other", "ollama", other.url(), 3);
        }
        return user;
    }

    private static void add(Client user, String name, String kind, String url, int priority) {
        assertThat(user.post("/api/upstreams", "{\"name\":\"%s\",\"kind\":\"%s\",\"url\":\"%s\",\"priority\":%d,\"api_key\":\"sk-1\"}"
                .formatted(name, kind, url, priority))).hasStatus(201);
    }

    private static Answer ask(Client user, String model) {
        return user.post("/api/chat/stream", "{\"message\":\"Hi\",\"stream\":false,\"model_name\":\"" + model + "\"}");
    }

    private static String answer(Client user, String model) {
        var answer = ask(user, model);
        assertThat(answer).isOk();
        return answer.json().path("content").asText();
    }

    private static long id(Client user, String name) {
        for (var upstream : user.get("/api/upstreams").json().path("upstreams")) {
            if (upstream.path("name").asText().equals(name)) {
                return made(upstream);
            }
        }
        throw new AssertionError(name);
    }

    private static long made(JsonNode upstream) {
        return upstream.path("id").asLong();
    }

    private static List<String> names(JsonNode listed) {
        var names = new ArrayList<String>();
        listed.path("models").forEach(model -> names.add(model.path("name").asText() + "@" + model.path("upstream").asText()));
        return names;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String host(String url) {
        return url.replace("http://", "");
    }
}
