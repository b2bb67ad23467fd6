package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a real socket that answers as it was told, path by path, and remembers what it was asked. */
public final class ScriptedServer implements AutoCloseable {

    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** One request as it came. */
    public record Received(String method, String path, Headers headers, String body) {}

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    private ScriptedServer(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port; a path nobody has told it of is 404. */
    public static ScriptedServer start() {
        try {
            var started = new ScriptedServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            started.server.setExecutor(started.threads);
            started.server.createContext("/", started::answer);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public ScriptedServer on(String path, Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** Answers a path with this text, always. */
    public ScriptedServer on(String path, int status, String contentType, String body) {
        return on(path, exchange -> respond(exchange, status, contentType, body));
    }

    /** Answers a path as a real Ollama once did, in the file of this name in {@code src/test/resources/ollama}. */
    public ScriptedServer plays(String path, String transcript) {
        var played = Transcript.of(transcript);
        return on(path, played.status(), played.contentType(), played.body());
    }

    /** @return all that came, in order */
    public List<Received> received() {
        return List.copyOf(received);
    }

    public Received last() {
        return received.get(received.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(new Received(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
            var handler = handlers.get(path);
            if (handler == null) {
                respond(exchange, 404, "text/plain", "no such page");
            } else {
                handler.answer(exchange);
            }
        }
    }

    public static void respond(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
