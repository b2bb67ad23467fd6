package ollamaweb.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowRequestsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Server server = new Server(0);

    @BeforeEach
    void start() throws Exception {
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                Content.Source.asByteBuffer(request);
                Thread.sleep(request.getHttpURI().getPath().equals("/long") ? 1000 : 0);
                Content.Sink.write(response, true, "read", callback);
                return true;
            }
        });
        server.addBean(new SlowRequests(server, Duration.ofMillis(300), Duration.ofMillis(600)));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void headers_that_drip_are_cut_off() throws Exception {
        try (var socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n");

            assertThatThrownBy(() -> drip(socket, "X: y\r\n")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_body_that_drips_is_cut_off() throws Exception {
        try (var socket = connect()) {
            send(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");

            assertThatThrownBy(() -> drip(socket, "{")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_connection_may_rest_between_two_requests() throws Exception {
        try (var socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            var first = socket.getInputStream().readNBytes(10);
            Thread.sleep(1000);
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(first).asString(US_ASCII).startsWith("HTTP/1.1");
            assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).contains("HTTP/1.1 200");
        }
    }

    @Test
    void an_answer_may_take_longer_than_its_request_may() throws Exception {
        try (var socket = connect()) {
            send(socket, "POST /long HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");

            assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).contains("HTTP/1.1 200");
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** Sends the same again and again until the other side has had enough. */
    private static void drip(Socket socket, String drop) throws Exception {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            send(socket, drop);
            Thread.sleep(20);
        }
    }
}
