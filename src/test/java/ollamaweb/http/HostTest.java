package ollamaweb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ollamaweb.log.LogFormat;
import ollamaweb.log.Logs;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** A web page that makes its own name lead to this machine is told by that name. */
class HostTest {

    @RegisterExtension
    static final TestApp app = new TestApp().with("ALLOWED_HOSTS", "chat.example.org, *.example.net");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8000", "a.localhost", "127.0.0.1:1", "[::1]:8000", "192.168.1.7", "chat.example.org",
            "chat.example.org.", "Chat.Example.org:443", "a.example.net", "a.b.example.net"})
    void names_of_this_machine_and_those_that_are_set_are_answered(String host) {
        assertThat(get(app, "/health", host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "example.org", "evilchat.example.org", "chat.example.org.evil.example", "example.net",
            "evilexample.net", "localhost.evil.example", "127.0.0.1.evil.example", "1.2.3", "0x7f.1"})
    void any_other_name_is_refused_everywhere(String host) {
        for (var path : List.of("/health", "/", "/nothing", "/api/conversations")) {
            var answer = get(app, path, host);
            assertThat(answer.status()).as(path).isEqualTo(421);
            assertThat(answer.json().toString()).isEqualTo("{\"detail\":\"Unknown host\"}");
        }
        assertThat(get(app, "/api/v1/tasks", host).json().toString()).isEqualTo("{\"detail\":\"Unknown host\",\"status_code\":421}");
    }

    @Test
    void a_request_line_names_no_other_host_than_the_header() {
        assertThat(
                RawHttp.send(app.port(), "GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .status())
                .isIn(400, 421);
    }

    @Test
    void a_monitor_that_speaks_http_1_0_needs_no_host() {
        assertThat(RawHttp.send(app.port(), "GET /health HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
    }

    @Test
    void the_log_says_what_to_set() throws Exception {
        Logs.open(folder, Level.INFO, LogFormat.TEXT);
        get(app, "/health", "evil.example");
        Logs.close();

        assertThat(Files.readString(folder.resolve("app.log"))).contains("ALLOWED_HOSTS", "evil.example", "from=127.0.0.1");
    }

    @Test
    void a_server_for_others_answers_to_any_name_and_says_so_unless_names_are_set() throws Exception {
        Logs.open(folder, Level.INFO, LogFormat.TEXT);
        try (var open = TestApp.started("HOST", "0.0.0.0"); var named = TestApp.started("HOST", "0.0.0.0", "ALLOWED_HOSTS", "a.example")) {
            Logs.close();
            assertThat(get(open, "/health", "whatever.example").status()).isEqualTo(200);
            assertThat(get(named, "/health", "whatever.example").status()).isEqualTo(421);
            assertThat(get(named, "/health", "a.example").status()).isEqualTo(200);
        }

        assertThat(Files.readAllLines(folder.resolve("app.log"))).filteredOn(line -> line.contains("ALLOWED_HOSTS is not set")).hasSize(1);
    }

    private static RawHttp get(TestApp server, String path, String host) {
        return RawHttp.send(server.port(), "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }
}
