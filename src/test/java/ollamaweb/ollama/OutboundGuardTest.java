package ollamaweb.ollama;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import ollamaweb.json.Json;
import ollamaweb.testing.Script;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.TestApp;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboundGuardTest {

    private static final List<String> ELSEWHERE = List.of(
            "http://127.1", "http://2130706433", "http://0x7f000001", "http://0177.0.0.1", "http://0.0.0.0", "http://0", "http://[::]",
            "http://[::1]", "http://localhost", "http://127.0.0.2", "http://169.254.169.254/latest/meta-data",
            "http://[::ffff:a9fe:a9fe]", "http://[fd00::1]", "http://[fe80::1]", "http://100.64.0.1", "http://10.0.0.1",
            "http://[64:ff9b::7f00:1]", "http://[2002:7f00:1::]", "http://127.0.0.1.nip.io", "http://models.example.evil.test",
            "http:127.0.0.1", "http:///127.0.0.1", "http://good\\@127.0.0.1", "http://models.example@127.0.0.1", "http://:pass@127.0.0.1",
            "http://user:pass@models.example", "http://models.example\\.evil.test", "http://models.example#@127.0.0.1",
            "http://models.example?@127.0.0.1", "file:///etc/passwd", "gopher://127.0.0.1", "//127.0.0.1", "http://", "http://%31%32%37.1");

    @RegisterExtension
    final TestApp app = new TestApp().with("OLLAMA_ALLOWED_HOSTS", "models.example");

    @Test
    void a_url_that_leads_elsewhere_is_refused_and_not_kept() {
        var ada = app.as("ada");
        var before = ada.get("/api/config/get").body();

        for (var url : ELSEWHERE) {
            var json = Json.write(url);
            assertThat(ada.post("/api/config/save", "{\"ollama_url\":" + json + "}")).as(url).isInvalid("body.ollama_url");
            assertThat(app.anonymous().post("/api/auth/setup", "{\"api_key\":\"key-of-ada\",\"ollama_url\":" + json + "}"))
                    .as(url).isInvalid("body.ollama_url");
        }

        assertThat(ada.get("/api/config/get").body()).isEqualTo(before);
    }

    @Test
    void a_url_to_an_allowed_host_is_kept() {
        for (var url : List.of("http://models.example",
                "https://MODELS.example:8443/ollama", "http://127.0.0.1:9", "http://[::ffff:7f00:1]")) {
            assertThat(app.as("ada").post("/api/config/save", "{\"ollama_url\":" + Json.write(url) + "}")).as(url).isOk();
        }
    }

    @Test
    void a_redirect_is_not_followed() {
        try (var inside = ScriptedOllama.start()) {
            app.ollama().model("leading", Script.redirect(inside.url() + "/api/chat"));

            var answer = app.as("ada").post("/api/chat/stream", "{\"message\":\"hi\",\"model_name\":\"leading\",\"stream\":false}");

            assertThat(answer).isError(502, "Ollama answered with a redirect, which is not followed");
            assertThat(inside.calls("/api/chat")).isZero();
        }
    }

    @Test
    void the_address_of_the_socket_decides_whatever_the_name_was() throws Exception {
        var guard = new OutboundGuard(Set.of("localhost"));
        try (var server = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            for (var address : List.of("127.0.0.2", "0.0.0.0", "169.254.169.254", "10.0.0.1", "::", "fd00::1", "fe80::1")) {
                var rebound = InetAddress.getByAddress("localhost", InetAddress.getByName(address).getAddress());
                try (var socket = guard.createSocket()) {
                    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(rebound, server.getLocalPort()), 1000))
                            .as(address).isInstanceOf(OutboundGuard.ForbiddenAddressException.class);
                }
            }
            try (var socket = guard.createSocket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 1000);
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }

    @Test
    void a_name_that_cannot_be_resolved_connects_nowhere() {
        var guard = new OutboundGuard(Set.of("nowhere.invalid"));

        assertThatThrownBy(() -> guard.createSocket().connect(InetSocketAddress.createUnresolved("nowhere.invalid", 80), 1000))
                .isInstanceOf(OutboundGuard.ForbiddenAddressException.class);
    }

    @Test
    void a_client_is_told_that_an_address_is_forbidden_not_that_it_is_away() {
        try (var ollama = ScriptedOllama.start(); var client = new OllamaClient(new OutboundGuard(Set.of("10.9.8.7")))) {
            assertThatThrownBy(() -> client.tags(HttpUrl.get(ollama.url())))
                    .isInstanceOfSatisfying(OllamaException.class, e ->
                            assertThat(e.kind()).isEqualTo(OllamaException.Kind.FORBIDDEN_ADDRESS));
            assertThat(client.answers(HttpUrl.get(ollama.url()))).isFalse();
            assertThat(ollama.calls("/api/tags")).isZero();
        }
    }

    @Test
    void a_socket_that_connects_by_itself_cannot_be_had() {
        var guard = new OutboundGuard(Set.of("localhost"));

        assertThatThrownBy(() -> guard.createSocket("localhost", 80)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> guard.createSocket(InetAddress.getLoopbackAddress(), 80)).isInstanceOf(UnsupportedOperationException.class);
    }
}
