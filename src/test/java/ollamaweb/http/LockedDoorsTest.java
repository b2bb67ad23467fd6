package ollamaweb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockedDoorsTest {

    private static final List<String> SAFE_HEADERS = List.of("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy",
            "Content-Security-Policy", "Cross-Origin-Resource-Policy", "Cache-Control", "X-Request-ID", "Vary");

    @RegisterExtension
    static final TestApp app = new TestApp();

    @ParameterizedTest
    @ValueSource(strings = {
            "GARBAGE\r\n\r\n",
            "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /health HTTP/1.1\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
            "POST /api/auth/verify HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST /api/auth/verify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST /api/auth/verify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{}",
            "POST /api/auth/verify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nnot a length\r\n",
            "BEFORE /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /health HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: DELETE\r\nConnection: close\r\n\r\n",
            "GET /api/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /health?a=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /health?a=%ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"})
    void a_request_that_is_no_http_is_refused_as_json(String request) {
        assertThat(refusal(request, 400).body()).doesNotContain("zz");
    }

    @Test
    void a_version_that_is_not_spoken_is_refused_as_json() {
        refusal("GET /health HTTP/3.7\r\nHost: localhost\r\n\r\n", 505);
    }

    @Test
    void headers_that_are_too_long_are_refused_as_json() {
        refusal("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000) + "\r\n\r\n", 431);
    }

    @Test
    void a_path_that_is_too_long_is_refused_without_an_echo() {
        assertThat(refusal("GET /" + "secret".repeat(5_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414).body()).doesNotContain("secret");
    }

    @Test
    void the_name_that_the_client_gave_its_request_comes_back() {
        var answer =
                RawHttp.send(app.port(),
                        "GET /health?a=%zz HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: mine\r\nConnection: close\r\n\r\n");

        assertThat(answer.header("X-Request-ID")).contains("mine");
    }

    @ParameterizedTest
    @CsvSource({
            "TRACE, /health, 'GET, HEAD'", "FOO, /health, 'GET, HEAD'", "OPTIONS, /health, 'GET, HEAD'", "DELETE, /health, 'GET, HEAD'",
            "GET, /api/auth/setup, POST", "HEAD, /api/auth/setup, POST",
            "PUT, /api/v1/tasks/today, 'GET, HEAD'", "DELETE, /api/v1/tasks/today/, 'GET, HEAD'", "POST, /api/v1/tasks/today, 'GET, HEAD'",
            "PATCH, /api/conversations/1, 'GET, HEAD, PUT, DELETE'", "PUT, /api/conversations, 'GET, HEAD, POST'"})
    void a_method_that_a_path_does_not_know_is_405_and_says_which_it_knows(String method, String path, String allowed) {
        var answer = send(method, path, "");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed);
        assertSafe(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "TRACE", "FOO", "OPTIONS"})
    void a_path_that_does_not_exist_is_404_for_every_method(String method) {
        var answer = send(method, "/nothing/here", "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).isEqualTo("Not Found");
        assertThat(answer.header("Allow")).isEmpty();
        assertSafe(answer);
    }

    @Test
    void head_is_answered_as_get_is_but_without_a_body() {
        var get = send("GET", "/health", "");
        var head = send("HEAD", "/health", "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).contains(Integer.toString(get.body().length()));
        assertThat(send("HEAD", "/api/config/get", "").status()).isEqualTo(401);
        assertThat(send("HEAD", "/nothing/here", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
            "/api/conversations/%00, 400", "/api/conversations/..%2F..%2Fetc%2Fpasswd, 422", "//api//config/get, 400",
            "/api/conversations/1//, 400", "/api/%2e%2e/health, 400", "/api/conversations/1;x=1, 422", "/api/conversations/1%20, 422",
            "/api/conversations/%u0041, 400", "/api/models/%c0%80/info, 400", "/docs/..%2f..%2fetc/passwd, 404", "/a#b, 400"})
    void a_strange_path_is_a_clean_refusal(String path, int status) {
        var answer = send("GET", path, "Authorization: Bearer " + app.as("ada").token() + "\r\n");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotEmpty();
        assertSafe(answer);
    }

    @ParameterizedTest
    @CsvSource({"POST, /api/auth/verify, 65536", "GET, /health, 65536", "GET, /api/config/get, 1048576",
            "POST, /api/export/conversations/import, 16777216"})
    void a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(String method, String path, int limit) {
        var answer = send(method, path, "Content-Type: application/json\r\nContent-Length: 10000000000\r\n");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("detail").asText()).isEqualTo("Request body is larger than " + limit + " bytes");
        assertSafe(answer);
    }

    @Test
    void a_body_of_unknown_length_is_refused_once_it_is_too_large() {
        var chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

        var answer = send("POST", "/api/auth/verify",
                "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n", chunk.repeat(17) + "0\r\n\r\n");

        assertThat(answer.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/api/config/get", "/nothing/here", "/openapi.json"})
    void every_answer_carries_the_safe_headers_and_no_name_of_software(String path) {
        assertSafe(send("GET", path, ""));
    }

    private RawHttp send(String method, String path, String headers) {
        return send(method, path, headers, "");
    }

    private RawHttp send(String method, String path, String headers, String body) {
        return RawHttp.send(app.port(),
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n" + body);
    }

    private RawHttp refusal(String request, int status) {
        var answer = RawHttp.send(app.port(), request);
        assertThat(answer.status()).as(answer.head()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotEmpty();
        assertSafe(answer);
        return answer;
    }

    private static void assertSafe(RawHttp answer) {
        assertThat(SAFE_HEADERS).allSatisfy(name -> assertThat(answer.header(name)).as(name).isPresent());
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.head() + answer.body()).doesNotContainIgnoringCase("jetty").doesNotContainIgnoringCase("javalin");
    }
}
