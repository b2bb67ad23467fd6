package ollamaweb.models;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import ollamaweb.testing.Event;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelApiTest {

    private static final String AWAY = "Ollama service is not running or unreachable";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void the_list_holds_ollamas_own_objects() {
        app.ollama().installed("tiny", "big:70b");

        var answer = app.as("ada").get("/api/models/list").json();

        assertThat(answer.path("count").asInt()).isEqualTo(2);
        assertThat(answer.path("models").findValuesAsText("name")).containsExactly("tiny:latest", "big:70b");
        assertThat(answer.at("/models/0").fieldNames()).toIterable()
                .contains("name", "model", "size", "modified_at", "digest", "details");
        assertThat(answer.at("/models/0/details/parameter_size").asText()).isEqualTo("1.2B");
    }

    @Test
    void a_model_that_the_list_leaves_out_is_there_all_the_same() {
        app.ollama().installed("tiny", "big:70b");
        app.ollama().unlist("tiny");

        assertThat(names(app.as("ada"), "/api/models/list")).containsExactly("big:70b");
        assertThat(app.as("ada").get("/api/models/tiny/info")).isOk();
        assertThat(app.as("ada").chat("{\"message\":\"Hi\",\"model_name\":\"tiny\"}")).extracting(Event::name).endsWith("done");
    }

    @Test
    void a_model_that_is_listed_and_gone_is_shown_as_the_list_shows_it_and_does_not_answer() {
        app.ollama().installed("tiny");
        app.ollama().lose("tiny");
        var ada = app.as("ada");

        assertThat(ada.get("/api/models/tiny/info").json().path("name").asText()).isEqualTo("tiny:latest");
        assertThat(ada.chat("{\"message\":\"Hi\",\"model_name\":\"tiny\"}"))
                .endsWith(new Event(null, "error", "{\"error\":\"Model 'tiny' not found\"}"));
    }

    @Test
    void the_list_is_remembered_for_five_minutes() {
        var ada = app.as("ada");
        names(ada, "/api/models/list");
        app.ollama().installed("new");

        app.clock().advance(Duration.ofMinutes(5).minusSeconds(5));
        assertThat(names(ada, "/api/models/list")).doesNotContain("new:latest");
        assertThat(app.ollama().calls("/api/tags")).isEqualTo(1);

        app.clock().advance(Duration.ofSeconds(10));
        assertThat(names(ada, "/api/models/list")).containsExactly("new:latest");
    }

    @Test
    void refresh_asks_ollama_anew_and_is_remembered() {
        var ada = app.as("ada");
        names(ada, "/api/models/list");
        app.ollama().installed("new");

        assertThat(names(ada, "/api/models/list?refresh=true")).containsExactly("new:latest");
        assertThat(names(ada, "/api/models/list?refresh=false")).containsExactly("new:latest");
        assertThat(app.ollama().calls("/api/tags")).isEqualTo(2);
        assertThat(ada.get("/api/models/list?refresh=maybe")).isInvalid("query.refresh");
    }

    @Test
    void a_cleared_cache_is_filled_anew() {
        var ada = app.as("ada");
        names(ada, "/api/models/list");
        app.ollama().installed("new");

        assertThat(ada.post("/api/models/cache/clear", "")).isOk()
                .isJson("{\"success\":true,\"message\":\"Model cache cleared\"}");

        assertThat(names(ada, "/api/models/list")).containsExactly("new:latest");
    }

    @Test
    void each_user_has_a_cache_of_their_own() {
        names(app.as("ada"), "/api/models/list");
        app.ollama().installed("new");

        assertThat(names(app.as("bob"), "/api/models/list")).containsExactly("new:latest");
        app.as("bob").post("/api/models/cache/clear", "");
        assertThat(names(app.as("ada"), "/api/models/list")).doesNotContain("new:latest");
    }

    @Test
    void a_user_who_moves_to_another_ollama_sees_its_models_at_once() {
        var ada = app.as("ada");
        names(ada, "/api/models/list");
        app.ollama().installed("new");

        ada.post("/api/config/save", "{\"ollama_url\":\"" + app.ollama().url().replace("127.0.0.1", "localhost") + "\"}");

        assertThat(names(ada, "/api/models/list")).containsExactly("new:latest");
    }

    @Test
    void info_is_what_ollama_shows() {
        var info = app.as("ada").get("/api/models/llama3.2:1b/info");

        assertThat(info).isOk();
        assertThat(info.json().at("/model_info/general.parameter_count").asLong()).isEqualTo(1_235_814_432L);
        assertThat(info.json().path("capabilities").toString()).isEqualTo("[\"completion\"]");
    }

    @Test
    void a_name_may_hold_colons_and_slashes_plain_or_encoded() {
        app.ollama().installed("hf.co/acme/tiny:Q4_0", "with space", "info", "list");

        for (var name : List.of("hf.co/acme/tiny:Q4_0", "hf.co%2Facme%2Ftiny%3AQ4_0", "hf.co%2facme/tiny:q4_0", "with%20space", "info",
                "list")) {
            assertThat(app.as("ada").get("/api/models/" + name + "/info")).as(name).isOk();
        }
    }

    @Test
    void info_falls_back_to_the_entry_in_the_list() {
        app.ollama().model("fading", say("bye"));
        names(app.as("ada"), "/api/models/list");
        app.ollama().remove("fading");

        var info = app.as("ada").get("/api/models/fading/info");

        assertThat(info).isOk();
        assertThat(info.json().path("name").asText()).isEqualTo("fading:latest");
    }

    @Test
    void a_model_that_is_nowhere_is_not_found() {
        assertThat(app.as("ada").get("/api/models/hf.co%2Facme/none:1/info")).isError(404, "Model 'hf.co/acme/none:1' not found");
    }

    @Test
    void an_ollama_that_is_away_is_unavailable_soon() {
        var ada = app.as("ada");
        app.ollama().close();
        long start = System.nanoTime();

        assertThat(ada.get("/api/models/list")).isError(503, AWAY);
        assertThat(ada.get("/api/models/tiny/info")).isError(503, AWAY);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void what_is_remembered_is_shown_while_ollama_is_away() {
        var ada = app.as("ada");
        names(ada, "/api/models/list");
        app.ollama().close();

        assertThat(ada.get("/api/models/list")).isOk();
    }

    @Test
    void an_ollama_that_refuses_is_a_bad_gateway() {
        app.ollama().refuseEverything(500, "out of memory");

        assertThat(app.as("ada").get("/api/models/list")).isError(502, "Ollama: out of memory");
    }

    private static List<String> names(Client user, String path) {
        return user.get(path).json().path("models").findValuesAsText("name");
    }
}
