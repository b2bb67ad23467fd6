package ollamaweb.http;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {

    private static final String ORIGIN = "http://localhost:5173";

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void a_page_of_the_set_origin_may_read_what_it_asks_for() {
        var answer = get("/api/config/get", ORIGIN);

        assertThat(answer).isOk()
                .hasHeader("Access-Control-Allow-Origin", ORIGIN)
                .hasHeader("Access-Control-Allow-Credentials", "true")
                .hasHeader("Access-Control-Expose-Headers",
                        "X-Request-ID, X-Conversation-Id, X-Message-Id, Location, Content-Disposition, Retry-After, RateLimit, "
                                + "RateLimit-Policy, ETag")
                .hasHeader("Vary", "Origin, Accept-Encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/conversations/1", "/api/conversations/x", "/nothing/here", "/api/auth/setup", "/health?a=%zz"})
    void it_may_read_errors_too(String path) {
        assertThat(get(path, ORIGIN)).hasHeader("Access-Control-Allow-Origin", ORIGIN);
    }

    @Test
    void it_may_read_streams_too() {
        app.ollama().model("tiny", say("Hello"));
        var body = RequestBody.create("{\"message\":\"Hi\",\"model_name\":\"tiny\"}", MediaType.get("application/json"));

        try (var stream = app.as("ada").open(app.as("ada").request("/api/chat/stream").header("Origin", ORIGIN).post(body).build())) {
            assertThat(stream.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
            stream.rest();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:5174", "https://localhost:5173", "http://localhost", "http://localhost:5173.evil.org", "null",
            "*"})
    void a_page_of_any_other_origin_may_not(String origin) {
        assertThat(get("/api/config/get", origin)).isOk()
                .hasHeader("Access-Control-Allow-Origin", null)
                .hasHeader("Access-Control-Allow-Credentials", null);
        assertThat(preflight(origin)).hasStatus(204)
                .hasHeader("Access-Control-Allow-Origin", null)
                .hasHeader("Access-Control-Allow-Methods", null);
    }

    @Test
    void a_preflight_needs_no_token_and_allows_every_method_and_header() {
        assertThat(preflight(ORIGIN)).hasStatus(204)
                .hasHeader("Access-Control-Allow-Origin", ORIGIN)
                .hasHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
                .hasHeader("Access-Control-Allow-Headers", "authorization, x-mine")
                .hasHeader("Access-Control-Max-Age", "600")
                .hasHeader("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    private Answer get(String path, String origin) {
        var ada = app.as("ada");
        return ada.send(ada.request(path).header("Origin", origin).build());
    }

    private Answer preflight(String origin) {
        var anybody = app.anonymous();
        return anybody.send(anybody.request("/api/conversations/1").method("OPTIONS", null)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization, x-mine")
                .build());
    }
}
