package ollamaweb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ollamaweb.log.LogFormat;
import ollamaweb.log.Logs;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class ClientAddressTest {

    @RegisterExtension
    static final TestApp behindProxy = new TestApp().with("TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8");

    @RegisterExtension
    static final TestApp direct = new TestApp();

    @TempDir
    Path folder;

    @Test
    void the_request_log_tells_where_a_request_came_from() throws IOException {
        assertThat(logged(direct, "203.0.113.5")).contains(" from=127.0.0.1 ");
        assertThat(logged(behindProxy, "203.0.113.5")).contains(" from=203.0.113.5 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "203.0.113.5 | 203.0.113.5",
            "198.51.100.7, 203.0.113.5 | 203.0.113.5",
            "198.51.100.7, 203.0.113.5, 10.1.2.3 | 203.0.113.5",
            "203.0.113.5:4711 | 203.0.113.5",
            "[2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
            "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
            "10.1.2.3 | 10.1.2.3",
            "203.0.113.5, unknown | 127.0.0.1",
            "localhost | 127.0.0.1"})
    void only_what_trusted_proxies_wrote_is_believed(String header, String client) throws IOException {
        assertThat(logged(behindProxy, header)).contains(" from=" + client + " ");
    }

    @Test
    void an_ipv6_subscriber_is_one_network() throws IOException {
        assertThat(ClientAddress.of(InetAddress.getByName("2001:db8:1:2:3::4")).network()).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(ClientAddress.of(InetAddress.getByName("192.0.2.1")).network()).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false", "192.168.1.128/25, 192.168.1.127, false",
            "192.168.1.128/25, 192.168.1.200, true", "0.0.0.0/0, 8.8.8.8, true", "0.0.0.0/0, ::1, false", "fd00::/8, fd12::1, true",
            "::1, ::1, true"})
    void a_range_holds_what_shares_its_first_bits(String range, String address, boolean inside) throws IOException {
        assertThat(TrustedProxies.of(List.of(range)).contains(InetAddress.getByName(address))).isEqualTo(inside);
    }

    private String logged(TestApp app, String forwardedFor) throws IOException {
        Logs.open(folder, Level.INFO, LogFormat.TEXT);
        try {
            app.anonymous().send(app.anonymous().request("/health").header("X-Forwarded-For", forwardedFor).build());
        } finally {
            Logs.close();
        }
        return Files.readString(folder.resolve("app.log"));
    }
}
