package ollamaweb.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** The server as people run it: a process of its own, which can be killed. */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("ollama-web listens on http://\\S+:([0-9]+),.*");
    private static final OkHttpClient HTTP = new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(2)).build();

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the server on a free port, its data in the folder, and waits until it listens. */
    public static ServerProcess start(Path folder, String ollamaUrl) throws IOException {
        return start(folder, ollamaUrl, "exec");
    }

    /** As {@link #start(Path, String)}, by a shell that does something first, for example {@code ulimit -f 100; exec}. */
    public static ServerProcess start(Path folder, String ollamaUrl, String shell) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of("bash", "-c", shell + " \"$@\"", "bash", java, "-XX:TieredStopAtLevel=1",
                "-Xmx128m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "ollamaweb.Main",
                "--port", "0");
        var builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("OLLAMA_URL", ollamaUrl);
        builder.environment().putIfAbsent("OLLAMA_PARALLEL", "10000");
        builder.environment().putIfAbsent("RATE_LIMIT_ENABLED", "false");
        var process = builder.start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var seen = new StringBuilder();
        for (String line; (line = out.readLine()) != null;) {
            var listens = LISTENS.matcher(line);
            if (listens.matches()) {
                drain(out);
                return new ServerProcess(process, Integer.parseInt(listens.group(1)));
            }
            seen.append(line).append('\n');
        }
        throw new IOException("the server did not start:\n" + seen);
    }

    public int port() {
        return port;
    }

    public Client with(String token) {
        return new Client(HTTP, "http://127.0.0.1:" + port, token);
    }

    /** Pulls the plug: SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop: SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** @return its exit code, or an error when it is still there after so long */
    public int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the server still runs after " + atMost);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws Exception {
        kill();
    }

    private static void drain(BufferedReader out) {
        var thread = new Thread(() -> out.lines().forEach(line -> {}));
        thread.setDaemon(true);
        thread.start();
    }
}
