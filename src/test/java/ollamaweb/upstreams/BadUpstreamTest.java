package ollamaweb.upstreams;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import ollamaweb.concurrent.Threads;
import ollamaweb.testing.RawServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that do what none should, of each kind: one clear error, and the next question works. */
class BadUpstreamTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n";

    @RegisterExtension
    static final TestApp app = new TestApp().with("OLLAMA_STREAM_IDLE_TIMEOUT", "1");

    private static final Map<Kind, RawServer> servers = new LinkedHashMap<>();

    /** What the servers of a kind say when all is well. */
    private enum Kind {
        OLLAMA("application/x-ndjson", "{\"message\":{\"content\":\"Hello\"}}\n", "{\"done\":true}\n"),
        OPENAI("text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\n", "data: [DONE]\n\n"),
        ANTHROPIC("text/event-stream",
                "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}}\n\n",
                "data: {\"type\":\"message_stop\"}\n\n");

        private final String type;
        private final String piece;
        private final String end;

        Kind(String type, String piece, String end) {
            this.type = type;
            this.piece = piece;
            this.end = end;
        }

        String title() {
            return this == OLLAMA ? "Ollama" : upstream();
        }

        String upstream() {
            return "raw-" + name().toLowerCase(Locale.ROOT);
        }

        String whole() {
            return piece + end;
        }
    }

    /** What a server does instead, and what is told of it; null where all is well in the end. */
    private enum Fault {
        PROMISES_MORE("The connection to % broke in the middle of the answer"),
        PROMISES_LESS("% ended the answer too early"),
        NEVER_ENDS_A_LINE("% sent more than 8000000 bytes at once"),
        REDIRECTS("% answered with a redirect, which is not followed"),
        ANSWERS_HTML("% sent something that is not an answer"),
        SPEAKS_HTTP_1_0(null),
        DRIPS(null),
        DRIPS_FOREVER("% has been silent for too long"),
        BREAKS_ITS_CHUNKS("The connection to % broke in the middle of the answer"),
        HANGS_UP("% service is not running or unreachable");

        private final String error;

        Fault(String error) {
            this.error = error;
        }

        void perform(Kind kind, OutputStream out) throws IOException {
            var ok = OK.formatted(kind.type);
            switch (this) {
                case PROMISES_MORE -> write(out, ok + "Content-Length: 1000000\r\n\r\n" + kind.piece);
                case PROMISES_LESS -> write(out, ok + "Content-Length: " + kind.piece.length() + "\r\n\r\n" + kind.whole());
                case NEVER_ENDS_A_LINE -> {
                    write(out, ok + "\r\n" + kind.piece + (kind == Kind.OLLAMA ? "{\"x\":\"" : "data: "));
                    while (true) {
                        write(out, "x".repeat(100_000));
                    }
                }
                case REDIRECTS -> write(out, "HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
                case ANSWERS_HTML -> write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Sign in first</html>\n\n");
                case SPEAKS_HTTP_1_0 -> write(out, ok.replace("1.1", "1.0") + "\r\n" + kind.whole());
                case DRIPS -> {
                    write(out, ok + "\r\n");
                    drip(out, kind.whole(), Duration.ofMillis(2));
                }
                case DRIPS_FOREVER -> {
                    write(out, ok + "\r\n" + kind.piece);
                    drip(out, (kind == Kind.OLLAMA ? "{\"x\":\"" : "data: ") + "x".repeat(10_000), Duration.ofMillis(20));
                }
                case BREAKS_ITS_CHUNKS -> write(out, ok + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(kind.piece.length())
                        + "\r\n" + kind.piece + "\r\nnonsense\r\n");
                case HANGS_UP -> { // says nothing at all
                }
            }
        }

        private static void drip(OutputStream out, String text, Duration pause) throws IOException {
            for (int i = 0; i < text.length(); i++) {
                write(out, text.substring(i, i + 1));
                Threads.pause(pause);
            }
        }
    }

    @BeforeAll
    static void start() {
        var admin = app.as("admin");
        for (var kind : Kind.values()) {
            var server = RawServer.start((request, out) -> answer(kind, request, out));
            servers.put(kind, server);
            assertThat(admin.post("/api/upstreams", "{\"name\":\"%s\",\"kind\":\"%s\",\"url\":\"%s\",\"shared\":true}"
                    .formatted(kind.upstream(), kind.name().toLowerCase(Locale.ROOT), server.url()))).hasStatus(201);
        }
    }

    @AfterAll
    static void close() throws IOException {
        for (var server : servers.values()) {
            server.close();
        }
    }

    static Stream<Arguments> faults() {
        return Arrays.stream(Kind.values()).flatMap(kind -> Arrays.stream(Fault.values()).map(fault -> arguments(kind, fault)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_server_that_does_what_none_should_is_told_of_and_the_next_question_works(Kind kind, Fault fault) {
        var ada = app.as("ada");

        var events = ada.chat("{\"message\":\"Hi\",\"model_name\":\"" + kind.upstream() + "/" + fault + "\"}");

        var last = events.get(events.size() - 1);
        if (fault.error == null) {
            assertThat(last.name()).isEqualTo("done");
            assertThat(events.get(2).json().path("content").asText()).isEqualTo("Hello");
        } else {
            assertThat(last.name()).isEqualTo("error");
            assertThat(last.json().path("error").asText()).isEqualTo(fault.error.replace("%", kind.title()));
        }
        var next = ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"stream\":false,\"model_name\":\"" + kind.upstream() + "/good\"}");
        assertThat(next.json().path("content").asText()).isEqualTo("Hello");
    }

    private static void answer(Kind kind, String request, OutputStream out) throws IOException {
        for (var fault : Fault.values()) {
            if (request.contains("\"" + fault + "\"")) {
                fault.perform(kind, out);
                return;
            }
        }
        var isList = request.startsWith("GET ");
        var body = isList ? "{\"models\":[],\"data\":[]}" : kind.whole();
        write(out, OK.formatted(isList ? "application/json" : kind.type) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }
}
