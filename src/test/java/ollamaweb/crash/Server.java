package ollamaweb.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import ollamaweb.concurrent.Threads;

/** The server in a process of its own, to be killed at any moment. */
final class Server implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("ollama-web listens on http://\\S+:([0-9]+),.*");
    private static final int SECONDS_TO_START = 120;

    private final Process process;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    /** Starts it, and does not wait for it. */
    Server(Path folder, Map<String, String> settings) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "ollamaweb.Main", "--port", "0"));
        builder.directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(settings);
        process = builder.start();
        Threads.daemon("server-output", this::listen).start();
    }

    /** @return its port, once it listens */
    int port() {
        try {
            return port.get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new Broken("The server does not start: " + String.join("\n", said));
        }
    }

    /** Ends it with SIGKILL, as the system does where memory runs out. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void listen() {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line; (line = out.readLine()) != null;) {
                said.add(line);
                var listens = LISTENS.matcher(line);
                if (listens.matches()) {
                    port.complete(Integer.valueOf(listens.group(1)));
                }
            }
        } catch (IOException e) {
            said.add(e.toString());
        } finally {
            port.completeExceptionally(new IOException("ended"));
        }
    }
}
