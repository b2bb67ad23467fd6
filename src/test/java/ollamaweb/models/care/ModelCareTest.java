package ollamaweb.models.care;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hangUp;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.pulling;
import static ollamaweb.testing.Script.raw;
import static ollamaweb.testing.Script.silence;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Admins fetch, delete and unload models. */
class ModelCareTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    private Client ada;
    private Client bob;

    @BeforeEach
    void admin_comes_first() {
        ada = app.as("ada");
        bob = app.as("bob");
    }

    @Test
    void a_model_is_pulled_with_its_progress_and_is_in_everybodys_list_then() {
        assertThat(names(bob)).doesNotContain("fresh:1b");

        var events = pull(ada, "fresh:1b").rest();

        assertThat(events).extracting(Event::name).startsWith("progress").endsWith("done");
        assertThat(events.get(events.size() - 1).json().path("name").asText()).isEqualTo("fresh:1b");
        assertThat(names(bob)).contains("fresh:1b");
        var pull = pulls(ada, "fresh:1b").get(0);
        assertThat(pull.path("status").asText()).isEqualTo("done");
        assertThat(pull.path("completed").asLong()).isEqualTo(1000);
        assertThat(pull.path("total").asLong()).isEqualTo(1000);
        assertThat(pull.path("ended_at").isTextual()).isTrue();
    }

    @Test
    void progress_sums_the_parts_of_the_model() {
        var gate = new Gate();
        app.ollama().pulling("parts", pulling("aaa", 0, 100).then(pulling("aaa", 100, 100), pulling("bbb", 20, 50), hold(gate)));

        try (var stream = pull(ada, "parts")) {
            var progress = stream.next("progress").json();
            while (progress.path("completed").asLong() < 120) {
                progress = stream.next("progress").json();
            }
            assertThat(progress.path("total").asLong()).isEqualTo(150);
            assertThat(progress.path("status").asText()).isEqualTo("pulling bbb");
            gate.open();
            assertThat(stream.rest()).extracting(Event::name).endsWith("done");
        }
    }

    @Test
    void a_pull_goes_on_when_its_client_leaves_and_asking_again_joins_it() {
        var gate = new Gate();
        app.ollama().pulling("big", pulling("aaa", 1, 100).then(hold(gate)));
        long id;
        try (var stream = pull(ada, "big")) {
            id = stream.next("progress").json().path("id").asLong();
        }

        try (var again = pull(ada, "BIG:latest")) {
            assertThat(again.next("progress").json().path("id").asLong()).isEqualTo(id);
            gate.open();
            assertThat(again.rest()).extracting(Event::name).endsWith("done");
        }
        assertThat(pulls(ada, "big")).hasSize(1);
    }

    @Test
    void a_pull_is_ended_and_what_was_ended_is_told_to_who_follows_it() {
        int before = app.ollama().clientsGone();
        app.ollama().pulling("endless", pulling("aaa", 1, 100).then(silence()));
        try (var stream = pull(ada, "endless")) {
            long id = stream.next("progress").json().path("id").asLong();

            assertThat(ada.delete("/api/models/pulls/" + id)).isOk()
                    .isJson("{\"success\":true,\"message\":\"Pull ended\",\"id\":" + id + ",\"status\":\"cancelled\"}");

            var last = last(stream.rest());
            assertThat(last.name()).isEqualTo("error");
            assertThat(last.json().path("error").asText()).isEqualTo("The pull was ended");
        }
        app.ollama().awaitClientsGone(before + 1);
        assertThat(names(ada)).doesNotContain("endless:latest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"error":"pull model manifest: file does not exist"} | Ollama: pull model manifest: file does not exist
            {"status":"pulling manifest"}                        | Ollama ended before the model was whole
            <html>                                               | Ollama sent something that is not the progress of a pull
            """)
    void a_pull_that_fails_says_why(String line, String why) {
        app.ollama().pulling("broken", raw(line + "\n").then(hangUp()));

        var last = last(pull(ada, "broken").rest());

        assertThat(last.name()).isEqualTo("error");
        assertThat(last.json().path("error").asText()).isEqualTo(why);
        var row = pulls(ada, "broken").get(0);
        assertThat(row.path("status").asText()).isEqualTo("failed");
        assertThat(row.path("error").asText()).isEqualTo(why);
    }

    @Test
    void only_some_models_are_pulled_at_the_same_time() {
        var gate = new Gate();
        for (int i = 0; i < 8; i++) {
            app.ollama().pulling("many" + i, pulling("aaa", 1, 100).then(hold(gate)));
            pull(ada, "many" + i).close();
        }

        assertThat(ada.post("/api/models/pull", "{\"name\":\"many8\"}"))
                .isError(429, "At most 8 models can be pulled at the same time");

        gate.open();
        Await.await(() -> pulls(ada, "many").stream().allMatch(pull -> pull.path("status").asText().equals("done")),
                () -> pulls(ada, "many").toString());
    }

    @Test
    void after_a_restart_nothing_is_being_pulled() {
        app.ollama().pulling("half", pulling("aaa", 1, 100).then(silence()));
        pull(ada, "half").close();

        app.restart();

        ada = app.as("ada");
        assertThat(pulls(ada, "half").get(0).path("status").asText()).isEqualTo("interrupted");
    }

    @Test
    void a_model_is_deleted_for_everybody() {
        app.ollama().model("hf.co/acme/old:Q4_0", raw(""));
        assertThat(bob.get("/api/models/list?refresh=true")).isOk();
        assertThat(names(bob)).contains("hf.co/acme/old:Q4_0");

        assertThat(ada.delete("/api/models/hf.co/acme/old:Q4_0")).isOk()
                .isJson("{\"success\":true,\"message\":\"Model deleted\",\"name\":\"hf.co/acme/old:Q4_0\"}");

        assertThat(names(bob)).doesNotContain("hf.co/acme/old:Q4_0");
        assertThat(ada.delete("/api/models/hf.co%2Facme%2Fold:Q4_0")).isError(404, "Model 'hf.co/acme/old:Q4_0' not found");
    }

    @Test
    void a_loaded_model_is_listed_and_unloaded() {
        app.ollama().model("hot", raw("")).loaded("hot", 4096);
        assertThat(ada.get("/api/models/running").json().path("models").findValuesAsText("name")).contains("hot:latest");

        assertThat(ada.post("/api/models/hot/unload", "")).isOk();

        assertThat(ada.get("/api/models/running").json().path("models").findValuesAsText("name")).doesNotContain("hot:latest");
        assertThat(ada.post("/api/models/nothing/unload", "")).isError(404, "Model 'nothing' not found");
    }

    @ParameterizedTest
    @CsvSource({"POST, /api/models/pull", "GET, /api/models/pulls", "GET, /api/models/running", "DELETE, /api/models/tiny",
            "POST, /api/models/tiny/unload"})
    void who_is_no_admin_may_not(String method, String path) {
        var body = method.equals("POST") ? RequestBody.create("{\"name\":\"tiny\"}", MediaType.get("application/json")) : null;

        assertThat(bob.send(bob.request(path).method(method, body).build())).isError(403, "Only admins may do this");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            {"name":""}
            {"name":5}
            {"name":"a\\u0007b"}
            """)
    void a_pull_needs_a_name(String body) {
        assertThat(ada.post("/api/models/pull", body)).isInvalid("body.name");
        assertThat(ada.post("/api/models/pull", "{\"name\":\"" + "x".repeat(201) + "\"}")).isInvalid("body.name");
    }

    private static EventReader pull(Client admin, String name) {
        var body = RequestBody.create("{\"name\":\"" + name + "\"}", MediaType.get("application/json"));
        return admin.open(admin.request("/api/models/pull").post(body).build());
    }

    private static List<JsonNode> pulls(Client admin, String prefix) {
        var list = admin.get("/api/models/pulls").json().path("pulls");
        return list.valueStream().filter(pull -> pull.path("name").asText().startsWith(prefix)).toList();
    }

    private static List<String> names(Client user) {
        return user.get("/api/models/list").json().path("models").findValuesAsText("name");
    }

    private static Event last(List<Event> events) {
        return events.get(events.size() - 1);
    }
}
