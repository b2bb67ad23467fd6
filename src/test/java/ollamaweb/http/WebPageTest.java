package ollamaweb.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.RawHttp;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a stranger's web page can make a browser send to this machine. */
class WebPageTest {

    private static final String SETUP = "/api/auth/setup";

    @RegisterExtension
    static final TestApp app = new TestApp().with("CORS_ORIGINS", "https://chat.example.org");

    @Test
    void a_body_that_does_not_say_that_it_is_json_is_refused() {
        var untyped =
                app.anonymous().request(SETUP).header("Origin", "https://evil.example")
                        .post(RequestBody.create("{}".getBytes(UTF_8), null));

        assertThat(app.anonymous().send(untyped.build())).isError(415, "Content-Type must be application/json");
    }

    @Test
    void another_sites_page_changes_nothing() {
        for (var method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            for (var origin : List.of("", "Origin: https://evil.example\r\n", "Origin: null\r\n")) {
                assertThat(crossSite(method, "/api/conversations/1", origin).status()).as(method + origin).isEqualTo(403);
            }
            assertThat(crossSite(method, "/api/conversations/1", "Origin: https://chat.example.org\r\n").status()).isNotEqualTo(403);
        }
        assertThat(crossSite("GET", "/health", "").status()).isEqualTo(200);
        assertThat(crossSite("POST", "/api/v1/tasks", "").json().path("status_code").asInt()).isEqualTo(403);
    }

    @Test
    void a_page_of_this_server_and_a_program_are_no_other_site() {
        for (var site : List.of("same-origin", "same-site", "none")) {
            var request = app.anonymous().request(SETUP).header("Sec-Fetch-Site", site).post(json("{\"api_key\":\"a-key-" + site + "\"}"))
                    .build();
            assertThat(app.anonymous().send(request)).isOk();
        }
    }

    @Test
    void two_authorization_headers_are_refused() {
        var ada = app.as("ada");
        var request = ada.request("/api/conversations").addHeader("Authorization", "Bearer another").build();

        assertThat(ada.send(request)).isError(400, "There is more than one Authorization header");
    }

    @Test
    void a_body_packed_otherwise_than_by_gzip_is_refused() {
        for (var encoding : List.of("br", "deflate", "gzip, gzip", "zstd", "nonsense")) {
            assertThat(packed(encoding, "{}".getBytes(UTF_8))).isError(415, "Content-Encoding must be gzip or identity");
        }
        assertThat(packed("identity", "{}".getBytes(UTF_8))).isInvalid("body.model_name");
    }

    @Test
    void a_gzip_body_counts_unpacked() throws Exception {
        assertThat(packed("gzip", gzip("{\"model_name\":\"m\"}"))).hasStatus(201);
        assertThat(packed("GZIP", gzip("{}"))).isInvalid("body.model_name");
        assertThat(packed("gzip", gzip("{\"x\":\"" + "x".repeat(2_000_000) + "\"}"))).hasStatus(413);
        assertThat(packed("gzip", "{}".getBytes(UTF_8))).isError(400, "The body is not what its Content-Encoding says");
    }

    private static Answer packed(String encoding, byte[] body) {
        var ada = app.as("ada");
        return ada.send(ada.request("/api/conversations").header("Content-Encoding", encoding).post(json(body)).build());
    }

    private static byte[] gzip(String text) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private static RawHttp crossSite(String method, String path, String headers) {
        return RawHttp.send(app.port(), method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                + "Sec-Fetch-Site: cross-site\r\n" + headers + "\r\n");
    }

    private static RequestBody json(String text) {
        return json(text.getBytes(UTF_8));
    }

    private static RequestBody json(byte[] body) {
        return RequestBody.create(body, MediaType.get("application/json"));
    }
}
