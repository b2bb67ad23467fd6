package ollamaweb.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What comes in at the one door, on endpoints that write; after each test nothing has come of it. */
class InputTest {

    private static final String CONVERSATIONS = "/api/conversations";
    private static final String TAKES_IMAGES = "/api/chat/stream";
    private static final List<String> DOORS = List.of(CONVERSATIONS, "/api/config/save", TAKES_IMAGES, "/api/auth/verify");
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MIB = 1024 * 1024;

    @RegisterExtension
    final TestApp app = new TestApp();

    @AfterEach
    void nothing_was_saved() {
        assertThat(app.as("ada").get(CONVERSATIONS).json().path("total").asInt()).isZero();
        assertThat(app.as("ada").get("/api/config/get").json().path("settings").isEmpty()).isTrue();
    }

    @Test
    void malformed_json_is_a_bad_request() {
        for (var body : List.of("{", "{\"model_name\":\"m\"", "{'model_name':'m'}", "{model_name:1}", "{\"model_name\":\"m\",}",
                "{\"model_name\":\"m\n\"}", "{\"temperature\":NaN}", "{\"temperature\":01}", "{\"model_name\":\"\\x\"}",
                "/* c */ {}", "nope", "{\"model_name\":tru}")) {
            for (var door : DOORS) {
                assertThat(post(door, body)).as(door + " " + body).hasStatus(400);
            }
        }
    }

    @Test
    void anything_after_the_document_is_malformed() {
        for (var rest : List.of(" x", "{}", ",", "]", " 1", "\u0000")) {
            assertThat(post(CONVERSATIONS, "{\"model_name\":\"m\"}" + rest)).as(rest).hasStatus(400);
        }
    }

    @Test
    void a_duplicate_key_is_malformed() {
        assertThat(post(CONVERSATIONS, "{\"model_name\":\"m\",\"model_name\":\"m\"}")).hasStatus(400);
        assertThat(post(CONVERSATIONS, "{\"model_name\":\"m\",\"unknown\":{\"a\":1,\"a\":2}}")).hasStatus(400);
    }

    @Test
    void the_document_is_an_object() {
        for (var body : List.of("[]", "[{\"model_name\":\"m\"}]", "\"m\"", "5", "true", "null")) {
            for (var door : DOORS) {
                assertThat(post(door, body)).as(door + " " + body).isError(400, "The body must be a JSON object");
            }
        }
    }

    @Test
    void an_empty_body_is_a_bad_request() {
        for (var door : DOORS) {
            assertThat(post(door, "")).as(door).hasStatus(400);
            assertThat(post(door, "  \n")).as(door).hasStatus(400);
        }
    }

    @Test
    void types_are_meant() {
        for (var value : List.of("\"5\"", "1.9", "1e-400", "1e400", "true", "\"\"", "[]", "{}", "99999999999999999999")) {
            assertThat(chat("\"conversation_id\":" + value)).as(value).isInvalid("body.conversation_id");
        }
        for (var value : List.of("\"0.5\"", "true", "[]", "\"\"")) {
            assertThat(chat("\"temperature\":" + value)).as(value).isInvalid("body.temperature");
        }
        for (var value : List.of("\"true\"", "1", "0", "\"\"", "[]")) {
            assertThat(chat("\"stream\":" + value)).as(value).isInvalid("body.stream");
        }
        for (var value : List.of("5", "1.5", "true", "[]", "[\"m\"]", "{}")) {
            assertThat(post(CONVERSATIONS, "{\"model_name\":" + value + "}")).as(value).isInvalid("body.model_name");
        }
    }

    @Test
    void numbers_have_their_limits() {
        for (var value : List.of("-0.001", "2.001", "1e400", "-1e400", "1" + "0".repeat(400))) {
            assertThat(chat("\"temperature\":" + value)).as(value).isInvalid("body.temperature");
        }
    }

    @Test
    void a_number_without_a_fraction_is_an_integer() {
        for (var id : List.of("26.0", "2.6e1", "26.000")) {
            assertThat(chat("\"conversation_id\":" + id)).isError(404, "Conversation not found");
        }
    }

    @Test
    void a_conversation_id_that_is_a_number_but_none_of_ours_is_not_found() {
        for (var id : List.of("0", "-1", "9223372036854775807")) {
            assertThat(chat("\"conversation_id\":" + id)).isError(404, "Conversation not found");
        }
    }

    @Test
    void a_document_nested_too_deeply_is_a_bad_request() {
        for (int depth : List.of(300, 100_000)) {
            assertThat(post(CONVERSATIONS, "[".repeat(depth))).hasStatus(400);
            assertThat(post(CONVERSATIONS, "{\"unknown\":" + "[".repeat(depth) + "]".repeat(depth) + "}")).hasStatus(400);
            assertThat(post("/api/config/save", "{\"settings\":{\"a\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}}"))
                    .hasStatus(400);
        }
    }

    @Test
    void a_number_too_long_to_read_is_a_bad_request() {
        assertThat(post("/api/config/save", "{\"settings\":{\"a\":" + "1".repeat(5000) + "}}")).hasStatus(400);
    }

    @Test
    void a_body_beyond_one_mebibyte_is_too_large() {
        var body = "{\"model_name\":\"m\",\"x\":\"" + "x".repeat(MIB) + "\"}";

        for (var door : DOORS.stream().filter(path -> !TAKES_IMAGES.equals(path)).toList()) {
            assertThat(post(door, body)).as(door).hasStatus(413);
            assertThat(send(door, chunked(body.getBytes(UTF_8)))).as(door).hasStatus(413);
        }
    }

    @Test
    void a_body_of_exactly_one_mebibyte_is_read() {
        var start = "{\"title\":\"\",\"x\":\"";
        var body = start + "x".repeat(MIB - start.length() - 2) + "\"}";

        assertThat(post(CONVERSATIONS, body)).isInvalid("body.title");
        assertThat(send(CONVERSATIONS, chunked(body.getBytes(UTF_8)))).isInvalid("body.title");
        assertThat(post(CONVERSATIONS, body + " ")).hasStatus(413);
    }

    @Test
    void what_is_not_json_by_its_type_is_refused() {
        for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                "application/jsonp", "text/json", "application/octet-stream")) {
            for (var door : DOORS) {
                assertThat(send(door, RequestBody.create("{\"model_name\":\"m\"}".getBytes(UTF_8), MediaType.get(type))))
                        .as(door + " " + type).isError(415, "Content-Type must be application/json");
            }
        }
    }

    @Test
    void json_types_of_any_spelling_are_read() {
        for (var type : List.of("application/json; charset=utf-8", "Application/JSON", "application/problem+json")) {
            assertThat(send(CONVERSATIONS, RequestBody.create("{}".getBytes(UTF_8), MediaType.get(type)))).isInvalid("body.model_name");
        }
    }

    @Test
    void bytes_that_are_no_utf8_are_malformed() {
        for (var bytes : List.of("\u00ff", "\u00c0\u00af", "\u00e4", "\u00f5\u0080\u0080\u0080", "\u00ed\u00a0\u0080")) {
            var body = ("{\"model_name\":\"" + bytes + "\"}").getBytes(ISO_8859_1);
            assertThat(send(CONVERSATIONS, RequestBody.create(body, JSON))).as(bytes).isError(400, "The body must be UTF-8");
        }
        assertThat(send(CONVERSATIONS, RequestBody.create("{\"model_name\":\"m\"}".getBytes(UTF_16), JSON))).hasStatus(400);
    }

    @Test
    void a_byte_order_mark_does_no_harm() {
        assertThat(post(CONVERSATIONS, "\ufeff{}")).isInvalid("body.model_name");
    }

    @Test
    void a_text_holds_no_nul_and_no_half_characters() {
        for (var text : List.of("a\\u0000b", "\\ud800", "\\udc00", "\\ud83d\\ud83d", "\\udc00\\ud800")) {
            assertThat(post(CONVERSATIONS, "{\"model_name\":\"" + text + "\"}")).isInvalid("body.model_name");
            assertThat(post(CONVERSATIONS, "{\"model_name\":\"m\",\"title\":\"" + text + "\"}")).isInvalid("body.title");
            assertThat(post("/api/chat/stream", "{\"model_name\":\"m\",\"message\":\"" + text + "\"}")).isInvalid("body.message");
            assertThat(post("/api/config/save", "{\"settings\":{\"a\":[{\"b\":\"" + text + "\"}]}}")).isInvalid("body.settings");
            assertThat(post("/api/config/save", "{\"settings\":{\"a\":[{\"" + text + "\":1}]}}")).isInvalid("body.settings");
        }
    }

    @Test
    void an_error_never_tells_what_the_server_is_made_of() {
        for (var body : List.of("{", "[]", "{\"model_name\":5}", "{\"model_name\":\"\\u0000\"}", "{} {}", "{\"model_name\":[{}]}")) {
            assertThat(post(CONVERSATIONS, body).body()).doesNotContainIgnoringCase("jackson", "ollamaweb", "java", "Token");
        }
    }

    private Answer chat(String field) {
        return post("/api/chat/stream", "{\"message\":\"hi\",\"model_name\":\"echo\"," + field + "}");
    }

    private Answer post(String path, String json) {
        return app.as("ada").post(path, json);
    }

    private Answer send(String path, RequestBody body) {
        return app.as("ada").send(app.as("ada").request(path).post(body).build());
    }

    private static RequestBody chunked(byte[] bytes) {
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return JSON;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.write(bytes);
            }
        };
    }
}
