package ollamaweb.http;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.TestApp;
import ollamaweb.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of more than a socket takes at once arrive whole. */
class LargeAnswerTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @ParameterizedTest
    @ValueSource(ints = {1, 32_700, 32_768, 40_000, 65_000})
    void an_answer_of_any_length_is_whole(int length) {
        var ada = app.as("ada");
        var text = "é".repeat(length / 2) + "x".repeat(length % 2);
        for (int i = 0; i < 20; i++) {
            assertThat(ada.post("/api/config/save", "{\"settings\":{\"text" + i + "\":\"" + text + "\"}}")).isOk();
            if (i == 0 || i == 19) {
                var plain = ada.request("/api/config/get").header("Accept-Encoding", "identity").build();
                assertThat(ada.send(plain).json().at("/settings/text" + i).asText()).isEqualTo(text);
                assertThat(ada.get("/api/config/get").json().at("/settings/text" + i).asText()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip, true", "'br, gzip;q=0.5', true", "GZIP, true", "identity, false", "gzip;q=0, false", "'', false"})
    void a_page_file_is_packed_for_who_takes_that(String accepted, boolean packed) {
        var answer = RawHttp.send(app.port(), "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: "
                + accepted + "\r\n\r\n");

        assertThat(answer.header("Content-Encoding").isPresent()).isEqualTo(packed);
        assertThat(answer.header("Content-Length")).contains(Integer.toString(answer.body().length()));
    }

    @Test
    void head_tells_the_length_of_a_large_answer() {
        var head = RawHttp.send(app.port(), "HEAD /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var get = RawHttp.send(app.port(), "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    }
}
