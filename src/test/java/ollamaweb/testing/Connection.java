package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The server's end of one keep-alive HTTP/1.1 connection; while it waits it notices a client that leaves. */
final class Connection implements Closeable {
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final int BUFFER_BYTES = 2048;
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"), Map.entry(307, "Temporary Redirect"), Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"), Map.entry(403, "Forbidden"), Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"), Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"), Map.entry(502, "Bad Gateway"), Map.entry(503, "Service Unavailable"));

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private Request request;
    private Lookout lookout;

    Connection(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    }

    /** The next request, or null when there will be none. */
    Request next() throws IOException {
        boolean over = isClosed() || request != null && request.wantsClose();
        request = over ? null : read();
        return request;
    }

    private Request read() throws IOException {
        if (lookout != null) {
            lookout.awaitEnd();
            lookout = null;
        }
        return RequestReader.read(in, out);
    }

    void respond(int status, String contentType, String body, String... headers) throws IOException {
        respond(status, contentType, body.getBytes(UTF_8), headers);
    }

    void respond(int status, String contentType, byte[] body, String... headers) throws IOException {
        var length = "Content-Length: " + body.length;
        writeHead(status, contentType, headers.length == 0 ? length : length + "\r\n" + String.join("\r\n", headers));
        if (!request.isHead()) {
            write(body, 0, body.length);
        }
        flush();
    }

    void writeHead(int status, String contentType, String headers) throws IOException {
        var head = "HTTP/1.1 " + status + " " + REASONS.getOrDefault(status, "status code " + status)
                + "\r\nContent-Type: " + contentType
                + "\r\nDate: " + HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC))
                + "\r\n" + headers
                + (request.wantsClose() ? "\r\nConnection: close" : "") + "\r\n\r\n";
        out.write(head.getBytes(ISO_8859_1));
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    void flush() throws IOException {
        out.flush();
    }

    void waitFor(Gate gate) throws IOException {
        gate.arrive();
        lookout().waitFor(gate);
    }

    void idle(Duration duration) throws IOException {
        lookout().waitFor(duration.toNanos());
    }

    private Lookout lookout() {
        if (lookout == null) {
            lookout = Lookout.over(in);
        }
        return lookout;
    }

    /** Closes with an RST instead of a FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
