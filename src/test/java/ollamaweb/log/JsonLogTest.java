package ollamaweb.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import ollamaweb.json.Json;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** {@code LOG_FORMAT=json}: one object a line, whatever happens. */
class JsonLogTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        app.as("ada");
        Logs.open(folder, Level.INFO, LogFormat.JSON);
    }

    @AfterEach
    void close() {
        Logs.close();
    }

    @Test
    void a_request_is_an_object_whose_parts_have_names() {
        var answer = app.as("ada").get("/api/conversations?search=private");
        var line = lineOf("request", answer.headers().get("X-Request-ID"));

        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("logger").asText()).isEqualTo("http.RequestLog");
        assertThat(line.get("message").asText()).startsWith("GET /api/conversations 200 ").doesNotContain("private");
        assertThat(line.get("method").asText()).isEqualTo("GET");
        assertThat(line.get("path").asText()).isEqualTo("/api/conversations");
        assertThat(line.get("status").isInt()).isTrue();
        assertThat(line.get("duration_ms").isNumber()).isTrue();
        assertThat(line.get("from").asText()).isEqualTo("127.0.0.1");
        assertThat(line.get("user").asLong()).isPositive();
    }

    @Test
    void who_is_not_signed_in_is_left_out() {
        var answer = app.anonymous().get("/nothing");

        assertThat(lineOf("request", answer.headers().get("X-Request-ID")).has("user")).isFalse();
    }

    @Test
    void a_time_is_a_moment_with_its_zone() throws IOException {
        LoggerFactory.getLogger("ollamaweb.chat.Some").warn("watch out");
        var line = lines().get(0);

        assertThat(OffsetDateTime.parse(line.get("time").asText()).toInstant())
                .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now().plusSeconds(1));
        assertThat(line.get("level").asText()).isEqualTo("WARNING");
    }

    @Test
    void a_failure_is_one_line_with_its_trace_and_its_request() throws IOException {
        Rows.change(app.database(), "ALTER TABLE settings RENAME TO elsewhere");
        try {
            var id = app.as("ada").get("/api/config/get").headers().get("X-Request-ID");
            var line = lines("error.log").get(0);

            assertThat(line.get("request").asText()).isEqualTo(id);
            assertThat(line.get("error").asText()).contains("\n\tat ollamaweb.");
        } finally {
            Rows.change(app.database(), "ALTER TABLE elsewhere RENAME TO settings");
        }
    }

    @Test
    void a_message_cannot_forge_a_line() throws IOException {
        LoggerFactory.getLogger("ollamaweb.chat.Some").info("a\r\n{\"level\":\"ERROR\"}\u2028\"");

        assertThat(Files.readAllLines(folder.resolve("app.log"))).hasSize(1);
        assertThat(lines().get(0).get("message").asText()).isEqualTo("a\r\n{\"level\":\"ERROR\"}\u2028\"");
    }

    @Test
    void in_a_text_a_named_value_follows_unless_the_message_has_it() throws IOException {
        Logs.open(folder, Level.INFO, LogFormat.TEXT);
        LoggerFactory.getLogger("ollamaweb.chat.Some").atInfo().addKeyValue("here", 1).addKeyValue("there", 2)
                .addKeyValue("nowhere", (Object) null)
                .log("it is {}", 1);

        assertThat(Files.readString(folder.resolve("app.log"))).endsWith(" - chat.Some - INFO - it is 1 there=2" + System.lineSeparator());
    }

    private JsonNode lineOf(String field, String value) {
        Await.await(() -> find(field, value) != null, () -> "no line with " + value);
        return find(field, value);
    }

    private JsonNode find(String field, String value) {
        return lines().stream().filter(line -> line.path(field).asText().equals(value)).findFirst().orElse(null);
    }

    private List<JsonNode> lines() {
        return lines("app.log");
    }

    private List<JsonNode> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file)).stream().map(line -> Json.read(line, JsonNode.class)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
