package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;
import ollamaweb.json.Json;

/** What comes back for exactly these bytes, which no HTTP library would send. */
public record RawHttp(String head, String body) {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** Sends the text, one byte for each character, and reads until the server closes the connection. */
    public static RawHttp send(int port, String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            int end = answer.indexOf("\r\n\r\n");
            return end < 0 ? new RawHttp(answer, "") : new RawHttp(answer.substring(0, end), answer.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int status() {
        return Integer.parseInt(head.split(" ", 3)[1]);
    }

    public Optional<String> header(String name) {
        return head.lines().skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    public JsonNode json() {
        return Json.read(body, JsonNode.class);
    }
}
