package ollamaweb.outbound;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import ollamaweb.json.Json;
import ollamaweb.providers.ProviderException;
import ollamaweb.providers.UpstreamHttp;
import ollamaweb.providers.ollama.OllamaProvider;
import ollamaweb.testing.Script;
import ollamaweb.testing.ScriptedOllama;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    static final TestApp app = new TestApp().with("OLLAMA_ALLOWED_HOSTS", "models.example, models.example:8443, 127.0.0.1");

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
        for (var url : List.of("http://models.example:11434",
                "https://MODELS.example:8443/ollama", "http://127.0.0.1:9", "http://[::ffff:7f00:1]")) {
            assertThat(app.as("ada").post("/api/config/save", "{\"ollama_url\":" + Json.write(url) + "}")).as(url).isOk();
        }
    }

    private static UpstreamHosts hosts(String host) {
        return UpstreamHosts.of(List.of(host), HttpUrl.get("http://" + host));
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
        var guard = new OutboundGuard(hosts("localhost"));
        try (var server = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            for (var address : List.of("127.0.0.2", "0.0.0.0", "169.254.169.254", "10.0.0.1", "::", "fd00::1", "fe80::1")) {
                var rebound = InetAddress.getByAddress("localhost", InetAddress.getByName(address).getAddress());
                try (var socket = guard.createSocket()) {
                    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(rebound, server.getLocalPort()), 1000))
                            .as(address).isInstanceOf(ForbiddenAddressException.class);
                }
            }
            try (var socket = guard.createSocket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 1000);
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192",
            "0.1.2.3",
            "255.255.255.255", "240.0.0.1", "224.0.0.1", "fe80::1", "ff02::1", "::",
            "64:ff9b::169.254.169.254", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::100.100.100.200", "64:ff9b::168.63.129.16",
            "64:ff9b:1::169.254.169.254", "64:ff9b:1:a9fe:a9:fe00::", "64:ff9b:1:7f00:0:100::", "64:ff9b:1::192.168.0.1",
            "2002:a9fe:a9fe::1", "2002:7f00:1::1", "2002:c0a8:1::", "::169.254.169.254", "::127.0.0.1", "::10.0.0.1",
            "::ffff:169.254.169.254", "2001:0:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:5601:5601", "2001:db8::5efe:169.254.169.254"})
    void no_name_leads_to_an_address_that_is_none_of_a_host_however_it_is_written(String address) throws Exception {
        var resolved = InetAddress.getByAddress("gpu.lan", InetAddress.getByName(address).getAddress());
        var guard = new OutboundGuard(hosts("gpu.lan"), name -> new InetAddress[] {resolved});

        try (var socket = guard.createSocket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(resolved, 11434), 200))
                    .isInstanceOf(ForbiddenAddressException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.7", "192.168.1.5", "fd00::7", "64:ff9b::8.8.8.8", "64:ff9b:1::8.8.8.8",
            "2002:808:808::1"})
    void a_name_leads_into_the_house_and_to_public_addresses(String address) throws Exception {
        assertThat(SpecialAddresses.isForbiddenForNames(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void an_address_written_out_is_that_address_with_its_port_only() throws Exception {
        var guard = new OutboundGuard(UpstreamHosts.of(List.of("127.0.0.1:7"), HttpUrl.get("http://10.255.255.1:11434")));
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); var socket = guard.createSocket()) {
            assertThatThrownBy(() -> socket.connect(server.getLocalSocketAddress(), 200))
                    .isInstanceOf(ForbiddenAddressException.class);
        }
    }

    @Test
    void a_name_that_cannot_be_resolved_connects_nowhere() {
        var guard = new OutboundGuard(hosts("nowhere.invalid"));

        assertThatThrownBy(() -> guard.createSocket().connect(InetSocketAddress.createUnresolved("nowhere.invalid", 80), 1000))
                .isInstanceOf(ForbiddenAddressException.class);
    }

    @Test
    void a_client_is_told_that_an_address_is_forbidden_not_that_it_is_away() {
        try (var ollama = ScriptedOllama.start(); var http = new UpstreamHttp(new OutboundGuard(hosts("10.9.8.7")))) {
            var provider = new OllamaProvider(http, HttpUrl.get(ollama.url()), null);

            assertThatThrownBy(() -> provider.models())
                    .isInstanceOfSatisfying(ProviderException.class,
                            e -> assertThat(e.reason()).isEqualTo(ProviderException.Reason.FORBIDDEN_ADDRESS));
            assertThat(provider.answers(Duration.ofSeconds(5))).isFalse();
            assertThat(ollama.calls("/api/tags")).isZero();
        }
    }

    @Test
    void a_socket_that_connects_by_itself_cannot_be_had() {
        var guard = new OutboundGuard(hosts("localhost"));

        assertThatThrownBy(() -> guard.createSocket("localhost", 80)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> guard.createSocket(InetAddress.getLoopbackAddress(), 80))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
