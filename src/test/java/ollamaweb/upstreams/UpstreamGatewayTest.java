package ollamaweb.upstreams;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ollamaweb.json.Json;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that speak OpenAI's API or Ollama's reach the models of upstreams. */
class UpstreamGatewayTest {

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
    void programs_that_speak_openais_api_reach_them_byte_for_byte() {
        var ivy = withAll("ivy");
        var odd = "{ \"x\": [1.50],\r\n\"model\" : \"lan/tiny\" , \"messages\":[{\"role\":\"user\",\"content\":\"Grüße\"}]}";

        var answer = ivy.post("/v1/chat/completions", odd);

        assertThat(answer.body()).contains("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"from \"}}]}", "data: [DONE]");
        assertThat(servers.lan.last().body()).isEqualTo(odd.replace("lan/tiny", "tiny"));
        assertThat(servers.lan.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-1");
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
        assertThat(servers.lan.last().body()).contains("\"model\":\"tiny\"", "\"max_tokens\":5", "data:image/jpeg;base64,/9j/");
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

    private static Client withAll(String name) {
        return servers.addTo(app.as(name));
    }
}
