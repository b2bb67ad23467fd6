package ollamaweb.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.cutMidLine;
import static ollamaweb.testing.Script.silence;
import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Gate;
import ollamaweb.testing.ScriptedServer;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that speak Ollama's or OpenAI's API reach the account's Ollama. */
class GatewayTest {

    private static final String ASK = "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String ODD = "{\"error\" :  \"Grüße 👋\",\t\"more\":[1e2, null] }\r\n\n{\"x\":1}";

    private static final ScriptedServer upstream = ScriptedServer.start();

    @RegisterExtension
    static final TestApp app = new TestApp().with("OLLAMA_ALLOWED_HOSTS", upstream.url().replace("http://", ""));

    @AfterAll
    static void close() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/api/generate", "/api/embed", "/api/show", "/v1/chat/completions", "/v1/embeddings"})
    void a_question_and_its_answer_are_passed_on_byte_for_byte(String path) throws Exception {
        upstream.on(path, 418, "application/x-odd; charset=latin1", ODD);
        var body = "{ \"model\":\"tiny\" , \"unknown\": 1.50,\r\n\"text\":\"Grüße\"}";

        try (var answer = send(withUpstream(), "POST", path, body)) {
            assertThat(answer.code()).isEqualTo(418);
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-odd; charset=latin1");
            assertThat(new String(answer.body().bytes(), UTF_8)).isEqualTo(ODD);
        }
        assertThat(upstream.last().body()).isEqualTo(body);
        assertThat(upstream.last().headers()).as("our keys are nobody else's").doesNotContainKey("Authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tags", "/api/ps", "/api/version", "/v1/models", "/v1/models/hf.co/acme/tiny:Q4_0"})
    void what_there_is_is_told_as_ollama_tells_it(String path) throws Exception {
        upstream.on(path, 200, "application/json; charset=utf-8", ODD);

        try (var answer = send(withUpstream(), "GET", path, null)) {
            assertThat(answer.code()).isEqualTo(200);
            assertThat(new String(answer.body().bytes(), UTF_8)).isEqualTo(ODD);
        }
    }

    @Test
    void tokens_are_passed_on_as_they_come() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));

        try (var answer = send(app.as("ada"), "POST", "/api/chat", ASK)) {
            var lines = answer.body().source();
            assertThat(lines.readUtf8LineStrict()).contains("\"content\":\"Hel\"");
            gate.open();
            assertThat(lines.readUtf8LineStrict()).contains("\"content\":\"lo\"");
            assertThat(lines.readUtf8LineStrict()).contains("\"done\":true");
            assertThat(lines.readUtf8()).isEmpty();
        }
        assertThat(app.as("ada").get("/api/conversations").json().path("total").asInt()).as("nothing is kept").isZero();
    }

    @Test
    void a_client_that_leaves_ends_the_answer() throws Exception {
        int before = app.ollama().clientsGone();
        app.ollama().model("tiny", say("Hel").then(tokens(100_000, 100)));

        try (var answer = send(app.as("ada"), "POST", "/api/chat", ASK)) {
            answer.body().source().readUtf8LineStrict();
        }

        app.ollama().awaitClientsGone(before + 1);
    }

    @Test
    void a_question_waits_in_the_same_line_as_all_others_and_leaves_it_with_its_key() throws Exception {
        var gate = new Gate();
        app.with("OLLAMA_PARALLEL", "1").restart();
        app.ollama().model("tiny", say("one")).model("slow", say("Hel").then(hold(gate), say("lo")));
        var key = app.as("ada").post("/api/v1/users/me/api-keys", "{\"name\":\"program\"}").json().path("data");
        try (var before = send(app.as("ada"), "POST", "/api/chat", ASK.replace("tiny", "slow"))) {
            before.body().source().readUtf8LineStrict();
            var waiting = Concurrently.supply(() -> app.with(key.path("api_key").asText()).post("/api/chat", ASK));
            Await.await(() -> placeInLine() == 2, () -> "it is not in the line");

            assertThat(app.as("ada").delete("/api/v1/users/me/api-keys/" + key.path("id").asLong())).isOk();

            assertThat(waiting.join()).hasStatus(503);
            assertThat(placeInLine()).isEqualTo(1);
            var next = Concurrently.supply(() -> app.as("bob").post("/api/chat", ASK));
            Await.await(() -> placeInLine() == 2, () -> "it is not in the line");
            gate.open();
            assertThat(next.join()).isOk();
        } finally {
            app.with("OLLAMA_PARALLEL", "1000").restart();
        }
    }

    /** Asks as somebody else, and takes that back. */
    private static int placeInLine() {
        var carol = app.as("carol");
        try (var stream = carol.ask("{\"message\":\"Hi\",\"model_name\":\"tiny\"}")) {
            stream.next("conversation_created");
            long answer = stream.next("message_created").json().path("answer_id").asLong();
            int place = stream.next("queued").json().path("position").asInt();
            assertThat(carol.post("/api/chat/" + answer + "/stop", "{}")).isOk();
            return place;
        }
    }

    @Test
    void a_key_that_is_revoked_ends_its_answers() throws Exception {
        int before = app.ollama().clientsGone();
        app.ollama().model("tiny", say("Hel").then(silence()));
        var ada = app.as("ada");
        var key = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"program\"}").json().path("data");

        try (var answer = send(app.with(key.path("api_key").asText()), "POST", "/api/chat", ASK)) {
            answer.body().source().readUtf8LineStrict();
            assertThat(ada.delete("/api/v1/users/me/api-keys/" + key.path("id").asLong())).isOk();

            assertThatThrownBy(() -> answer.body().source().readUtf8LineStrict()).isInstanceOf(IOException.class);
        }
        app.ollama().awaitClientsGone(before + 1);
    }

    @Test
    void an_answer_that_breaks_off_there_breaks_off_here() throws Exception {
        app.ollama().model("tiny", say("Hel").then(cutMidLine()));

        try (var answer = send(app.as("ada"), "POST", "/api/chat", ASK)) {
            assertThatThrownBy(() -> answer.body().string()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void ollamas_own_refusals_are_passed_on() {
        var refused = app.as("ada").post("/api/chat", ASK.replace("tiny", "nothing"));

        assertThat(refused).hasStatus(404);
        assertThat(refused.body()).isEqualTo("{\"error\":\"model 'nothing' not found\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/tags  | {"error":"API key is required"}
            /v1/models | {"error":{"message":"API key is required","type":"authentication_error","param":null,"code":"invalid_api_key"}}
            """)
    void who_is_not_signed_in_is_told_so_as_the_clients_read_it(String path, String error) {
        var refused = app.anonymous().get(path);

        assertThat(refused).hasStatus(401);
        assertThat(refused).isJson(error);
        assertThat(app.with("no-such-key").get(path)).hasStatus(401);
    }

    @Test
    void the_cookie_of_the_page_opens_nothing_here() {
        SignedInUser.registers(app, "bob");
        var signedIn = app.anonymous().post("/api/v1/auth/session",
                "{\"email\":\"bob@example.org\",\"password\":\"" + SignedInUser.PASSWORD + "\"}");
        var cookie = signedIn.headers().get("Set-Cookie").split(";")[0];

        var asked = app.anonymous().request("/api/tags").header("Cookie", cookie).header("Sec-Fetch-Site", "same-origin").build();

        assertThat(app.anonymous().send(asked)).hasStatus(401);
    }

    @Test
    void an_ollama_that_is_away_is_told_as_the_clients_read_it() {
        var ada = app.as("ada without ollama");
        upstream.on("/api/tags", HttpExchange::close).on("/v1/chat/completions", HttpExchange::close);
        Answer.assertThat(ada.post("/api/config/save", "{\"ollama_url\":\"" + upstream.url() + "\"}")).isOk();

        assertThat(ada.get("/api/tags")).isJson("{\"error\":\"Ollama service is not running or unreachable\"}").hasStatus(503);
        assertThat(ada.post("/v1/chat/completions", ASK)).isJson("""
                {"error":{"message":"Ollama service is not running or unreachable","type":"server_error","param":null,"code":null}}""")
                .hasStatus(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/..%2F..%2Fapi%2Ftags%2Felsewhere", "/v1/models/a%2F..%2F..%2Fb"})
    void a_name_leads_nowhere_else(String path) throws Exception {
        try (var answer = send(withUpstream(), "GET", path, null)) {
            assertThat(answer.code()).isIn(400, 404);
        }
        assertThat(upstream.received()).extracting(ScriptedServer.Received::path).doesNotContain("/api/tags/elsewhere", "/b");
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        assertThat(app.as("ada").post("/api/chat", "\"" + "x".repeat(33 * 1024 * 1024) + "\"")).hasStatus(413);
    }

    private Client withUpstream() {
        var ada = app.as("ada with another ollama");
        Answer.assertThat(ada.post("/api/config/save", "{\"ollama_url\":\"" + upstream.url() + "\"}")).isOk();
        return ada;
    }

    private static Response send(Client client, String method, String path, String body) throws IOException {
        var request = client.request(path)
                .method(method, body == null ? null : RequestBody.create(body.getBytes(UTF_8),
                        MediaType.get("application/json")))
                .build();
        return client.call(request).execute();
    }
}
