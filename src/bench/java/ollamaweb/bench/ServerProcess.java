package ollamaweb.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The server in a process of its own, with one account in it. */
final class ServerProcess implements AutoCloseable {

    static final String KEY = "bench-key-of-one-user";

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);
    private static final double NANOS_PER_MS = 1e6;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ChildProcess process;
    private final int port;
    private final double msToHealth;
    private final double msToFirstAnswer;

    private ServerProcess(ChildProcess process, Path console, int port, long start) throws IOException {
        this.process = process;
        this.port = port;
        awaitHealth(console);
        msToHealth = (System.nanoTime() - start) / NANOS_PER_MS;
        if (!isKnown()) {
            setUp(KEY);
        }
        msToFirstAnswer = (System.nanoTime() - start) / NANOS_PER_MS;
    }

    /**
     * Starts it in the folder and returns once it has answered an authenticated request.
     *
     * @param settings variables of its environment, beside those that each server has, or in their place
     */
    static ServerProcess start(List<String> command, Path home, Map<String, String> settings) throws IOException {
        int port = freePort();
        var console = home.resolve("console.log");
        var variables = new HashMap<>(Map.of(
                "HOST", "127.0.0.1",
                "OLLAMA_PARALLEL", "10000",
                "RATE_LIMIT_ENABLED", "false",
                "PORT", Integer.toString(port),
                "DATABASE_URL", "jdbc:sqlite:" + database(home),
                "LOG_DIR", home.resolve("logs").toString()));
        variables.putAll(settings);
        long start = System.nanoTime();
        var process = ChildProcess.start(command, home, variables, console);
        try {
            return new ServerProcess(process, console, port, start);
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    static Path database(Path home) {
        return home.resolve("bench.db");
    }

    int port() {
        return port;
    }

    Target target() {
        return Target.server(port, KEY);
    }

    ProcessFigures figures() {
        return process.figures();
    }

    /** @return from the start of the process to the first healthy answer */
    double msToHealth() {
        return msToHealth;
    }

    /** @return from the start of the process to the first authenticated answer; on a new folder the key was made, too */
    double msToFirstAnswer() {
        return msToFirstAnswer;
    }

    /** Makes an account with this key. */
    JsonNode setUp(String key) throws IOException {
        return post("/api/auth/setup", "{\"api_key\":\"" + key + "\"}");
    }

    JsonNode get(String path) throws IOException {
        return get(path, KEY);
    }

    JsonNode get(String path, String key) throws IOException {
        return JSON.readTree(send(request(path, key).build()));
    }

    JsonNode post(String path, String json) throws IOException {
        return post(path, json, KEY);
    }

    JsonNode post(String path, String json, String key) throws IOException {
        return JSON.readTree(
                send(request(path, key).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build()));
    }

    /** Sends a file as a form of a page does. */
    JsonNode upload(String path, String name, byte[] content, String key) throws IOException {
        var head = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n";
        return JSON.readTree(send(request(path, key).header("Content-Type", "multipart/form-data; boundary=part")
                .POST(BodyPublishers.concat(BodyPublishers.ofString(head), BodyPublishers.ofByteArray(content),
                        BodyPublishers.ofString("\r\n--part--\r\n")))
                .build()));
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitHealth(Path console) throws IOException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                get("/health");
                return;
            } catch (ConnectException notYet) {
                Lab.pause(BETWEEN_TRIES);
            }
        }
        throw new IOException("the server did not start: " + Files.readString(console));
    }

    private boolean isKnown() throws IOException {
        try {
            get("/api/config/get");
            return true;
        } catch (UnexpectedStatus unauthorized) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LONGEST_REQUEST)
                .header("Authorization", "Bearer " + key);
    }

    private static String send(HttpRequest request) throws IOException {
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new UnexpectedStatus(answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
