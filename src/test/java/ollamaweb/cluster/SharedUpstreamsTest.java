package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.ScriptedOpenAi;
import org.junit.jupiter.api.Test;

/** Where one server is told that models are, all of them ask. */
class SharedUpstreamsTest {

    @Test
    void what_is_added_and_switched_off_on_one_server_is_so_on_the_others() throws Exception {
        try (var cluster = Cluster.of(2); var lan = ScriptedOpenAi.start(new String[] {"gpt-oss"}, "from lan")) {
            var here = cluster.server(0).as("ada");
            var there = cluster.server(1).with(here.token());
            assertThat(names(there)).doesNotContain("gpt-oss");

            long id = here.post("/api/upstreams", "{\"name\":\"lan\",\"kind\":\"openai\",\"shared\":true,\"api_key\":\"sk-1\",\"url\":\""
                    + lan.url() + "\"}").json().path("id").asLong();

            Await.await(() -> names(there).contains("gpt-oss"), () -> names(there).toString());
            var answer = there.post("/api/chat/stream", "{\"message\":\"Hi\",\"stream\":false,\"model_name\":\"gpt-oss\"}");
            assertThat(answer.json().path("content").asText()).isEqualTo("from lan");
            assertThat(lan.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-1");
            assertThat(here.patch("/api/upstreams/" + id, "{\"enabled\":false}")).isOk();
            Await.await(() -> !names(there).contains("gpt-oss"), () -> names(there).toString());
        }
    }

    @Test
    void an_ollama_that_is_moved_on_one_server_is_asked_at_its_new_place_by_the_others() throws Exception {
        try (var cluster = Cluster.of(2)) {
            var here = cluster.server(0).as("ada");
            var there = cluster.server(1).with(here.token());
            assertThat(there.get("/api/models/list")).isOk();

            assertThat(here.post("/api/config/save", "{\"ollama_url\":\"" + cluster.ollama().url() + "/nothing/here\"}")).isOk();

            assertThat(here.get("/api/models/list").status()).as("at once, here").isNotEqualTo(200);
            Await.await(() -> there.get("/api/models/list").status() != 200, () -> "still at the old place");
        }
    }

    private static List<String> names(Client user) {
        return user.get("/api/models/list").json().path("models").findValuesAsText("name");
    }
}
