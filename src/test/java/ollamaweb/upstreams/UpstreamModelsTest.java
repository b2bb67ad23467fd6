package ollamaweb.upstreams;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.ScriptedOpenAi;
import ollamaweb.testing.ScriptedServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Models of upstreams stand beside those of the account's Ollama. */
class UpstreamModelsTest {

    private static final UpstreamServers servers = new UpstreamServers();

    @RegisterExtension
    static final TestApp app = new TestApp().with("OLLAMA_ALLOWED_HOSTS", servers.hosts());

    @AfterAll
    static void close() {
        servers.close();
    }

    @BeforeEach
    void models() {
        servers.install(app);
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
        assertThat(servers.lan.last().body()).contains("\"model\":\"tiny\"");
        assertThat(servers.lan.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-1");
        assertThat(answer(bob, "gpt-oss")).isEqualTo("from lan");
        assertThat(answer(bob, "acme/big")).isEqualTo("from lan");
        assertThat(answer(bob, "claude")).isEqualTo("from cloud");
        assertThat(answer(bob, "cloud/claude")).isEqualTo("from cloud");
        assertThat(answer(bob, "llama")).isEqualTo("from other");
        assertThat(servers.other.lastChat().body().path("model").asText()).isEqualTo("llama");
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
                        + "\"url\":\"" + servers.lan.url() + "/v1\"}").json());

        assertThat(answer(app.as("gil"), "house/tiny")).isEqualTo("from lan");
        assertThat(servers.lan.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-2");
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

    private static Client withAll(String name) {
        return servers.addTo(app.as(name));
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
}
