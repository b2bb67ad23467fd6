package ollamaweb.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import ollamaweb.concurrent.Threads;

/** The program with its exit code and everything it says: a process of its own, in a folder of its own. */
public final class Program implements AutoCloseable {

    private static final long LONGEST_RUN_SECONDS = 60;

    private final Process process;
    private final CompletableFuture<String> out;
    private final CompletableFuture<String> err;

    /** What a run came to. */
    public record Outcome(int exitCode, String out, String err) {}

    private Program(Process process) {
        this.process = process;
        this.out = text(process.getInputStream());
        this.err = text(process.getErrorStream());
    }

    /** Starts {@code ollamaweb.Main}. */
    public static Program start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "ollamaweb.Main"));
        command.addAll(List.of(arguments));
        return start(folder, environment, command);
    }

    /** Starts any command. */
    public static Program start(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        return new Program(builder.start());
    }

    /** Starts {@code ollamaweb.Main} and waits for its end. */
    public static Outcome run(Path folder, String... arguments) throws Exception {
        try (var program = start(folder, Map.of(), arguments)) {
            return program.awaitEnd();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return what it came to, or an error when it is still there after a minute */
    public Outcome awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the program still runs after " + LONGEST_RUN_SECONDS + " s");
        }
        return new Outcome(process.exitValue(), out.join(), err.join());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static CompletableFuture<String> text(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), UTF_8).replace(System.lineSeparator(), "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, task -> Threads.daemon("program-output", task).start());
    }
}
