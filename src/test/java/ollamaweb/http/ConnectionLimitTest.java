package ollamaweb.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ollamaweb.testing.RawClient;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionLimitTest {

    private static final int MOST = 30;

    @RegisterExtension
    static final TestApp app = new TestApp().with("MAX_CONNECTIONS", Integer.toString(MOST));

    @Test
    void connections_beyond_the_limit_are_refused_at_once_and_there_is_room_again_when_some_end() throws Exception {
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < 2 * MOST; i++) {
            clients.add(new RawClient(app.port()));
        }

        awaitOpen(clients, MOST);
        for (var client : clients.subList(0, MOST)) {
            assertThat(client.isOpen()).isTrue();
        }
        for (var client : clients) {
            client.close();
        }
        awaitRoom();
    }

    @Test
    void one_address_has_two_hundred_but_loopback_and_proxies_speak_for_many() throws Exception {
        var limits = new ConnectionLimits(1000, TrustedProxies.of(List.of("203.0.113.0/24")));

        assertThat(accepted(limits, "198.51.100.1", 250)).isEqualTo(200);
        assertThat(accepted(limits, "198.51.100.2", 1)).isEqualTo(1);
        assertThat(accepted(limits, "2001:db8::1", 150) + accepted(limits, "2001:db8::2", 150)).isEqualTo(200);
        assertThat(accepted(limits, "127.0.0.1", 250)).isEqualTo(250);
        assertThat(accepted(limits, "203.0.113.9", 250)).isEqualTo(250);
    }

    @Test
    void a_connection_that_ended_is_counted_no_more() throws Exception {
        var limits = new ConnectionLimits(1000, TrustedProxies.of(List.of()));
        var peer = InetAddress.getByName("198.51.100.1");
        for (int i = 0; i < 1000; i++) {
            var connection = new Object();
            assertThat(limits.accept(connection, peer)).isTrue();
            limits.closed(connection);
            limits.closed(connection);
        }
        assertThat(accepted(limits, "198.51.100.1", 250)).isEqualTo(200);
    }

    private static long accepted(ConnectionLimits limits, String peer, int count) throws Exception {
        long accepted = 0;
        for (int i = 0; i < count; i++) {
            accepted += limits.accept(new Object(), InetAddress.getByName(peer)) ? 1 : 0;
        }
        return accepted;
    }

    /** The server learns a moment later that a client has left. */
    private static void awaitRoom() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        int status;
        do {
            try (var client = new RawClient(app.port())) {
                client.trySend("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
                status = client.status();
            }
        } while (status != 200 && System.nanoTime() < end);
        assertThat(status).isEqualTo(200);
    }

    private static void awaitOpen(List<RawClient> clients, int expected) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long open;
        do {
            open = 0;
            for (var client : clients) {
                open += client.isOpen() ? 1 : 0;
            }
        } while (open != expected && System.nanoTime() < end);
        assertThat(open).isEqualTo(expected);
    }
}
