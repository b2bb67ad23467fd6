package ollamaweb.http;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;
import okhttp3.RequestBody;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTest {

    private static final List<String> CLOSED = List.of(
            "GET /api/config/get", "POST /api/config/save",
            "GET /api/models/list", "GET /api/models/tiny/info", "POST /api/models/cache/clear",
            "GET /api/conversations", "POST /api/conversations", "GET /api/conversations/1", "PUT /api/conversations/1",
            "DELETE /api/conversations/1",
            "POST /api/chat/stream", "GET /api/chat/stream/1", "POST /api/chat/stream/1/ticket", "POST /api/chat/1/stop");

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void what_is_not_declared_open_asks_for_a_key() {
        for (var call : CLOSED) {
            assertThat(call(call, null)).as(call).isError(401, "API key is required").hasHeader("WWW-Authenticate", "Bearer");
        }
    }

    @Test
    void a_wrong_key_is_refused_everywhere() {
        for (var call : CLOSED) {
            assertThat(call(call, "Bearer wrong-key")).as(call).isError(401, "Invalid API key").hasHeader("WWW-Authenticate", "Bearer");
        }
    }

    @Test
    void a_header_that_is_no_bearer_token_counts_as_none() {
        app.as("ada");

        for (var header : List.of("key-of-ada", "Basic a2V5LW9mLWFkYQ==", "Bearer", "Bearer ", "Bearerkey-of-ada", "Token key-of-ada")) {
            assertThat(call("GET /api/config/get", header)).isError(401, "API key is required");
        }
    }

    @Test
    void the_scheme_may_be_written_in_any_case_and_with_any_blanks() {
        app.as("ada");

        for (var header : List.of("Bearer key-of-ada", "bearer key-of-ada", "BEARER   key-of-ada  ")) {
            assertThat(call("GET /api/config/get", header)).isOk();
        }
    }

    @Test
    void a_key_in_the_query_is_no_key() {
        app.as("ada");

        assertThat(app.anonymous().get("/api/config/get?api_key=key-of-ada&access_token=key-of-ada")).hasStatus(401);
    }

    @Test
    void a_key_beyond_ascii_is_read_as_utf8() {
        assertThat(app.anonymous().post("/api/auth/setup", "{\"api_key\":\"schlüssel-ß\"}")).isOk();

        var request = app.anonymous().request("/api/config/get")
                .headers(new okhttp3.Headers.Builder().addUnsafeNonAscii("Authorization", "Bearer schlüssel-ß").build());

        assertThat(app.anonymous().send(request.build())).isOk();
    }

    @Test
    void a_key_that_was_just_verified_is_not_looked_up_again() throws Exception {
        var ada = app.as("ada");
        assertThat(ada.get("/api/config/get")).isOk();

        try (var connection = TestDatabase.connect(app.database())) {
            connection.createStatement().executeUpdate("DELETE FROM api_keys");
        }

        assertThat(ada.get("/api/config/get")).isOk();
    }

    @Test
    void an_unknown_route_is_not_found_rather_than_closed() {
        assertThat(app.anonymous().get("/api/nothing")).isError(404, "Not Found");
    }

    @Test
    void what_is_open_needs_no_key_and_minds_no_wrong_one() {
        for (var path : List.of("/", "/health")) {
            assertThat(app.anonymous().get(path)).isOk();
            assertThat(app.with("wrong-key").get(path)).isOk();
        }
    }

    @Test
    void head_is_answered_as_get_without_the_body() {
        app.as("ada");

        var health = app.anonymous().get("/health").body();
        assertThat(head("/health", null)).isOk().hasHeader("Content-Length", Integer.toString(health.length()));
        assertThat(head("/api/config/get", null)).hasStatus(401);
        assertThat(head("/api/conversations/1", "Bearer key-of-ada")).hasStatus(404);
        assertThat(head("/api/config/get", "Bearer key-of-ada").body()).isEmpty();
    }

    private Answer head(String path, String authorization) {
        return call("HEAD " + path, authorization);
    }

    private Answer call(String call, String authorization) {
        var words = call.split(" ");
        var body = words[0].equals("POST") || words[0].equals("PUT") ? RequestBody.create("{}", null) : null;
        var request = app.anonymous().request(words[1]).method(words[0], body);
        return app.anonymous().send((authorization == null ? request : request.header("Authorization", authorization)).build());
    }
}
