package ollamaweb.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import ollamaweb.Main;
import ollamaweb.testing.ScriptedOllamaMain;

/**
 * What every scenario needs: the scripted Ollama, fresh folders, servers. All of it is gone once it is closed. The folders
 * are beside the jar, since the one for temporary files is not on a disk everywhere, and flushing is part of the work.
 */
final class Lab implements AutoCloseable {

    private static final Pattern OLLAMA_PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
    /** The same for all, so that servers can share a database, or take over a copy of one. */
    private static final Map<String, String> SECRETS = Map.of("SECRET_KEY", "k".repeat(32), "JWT_SECRET_KEY", "j".repeat(32));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Options options;
    private final Path folder;
    private final ChildProcess ollama;
    private final int ollamaPort;
    private int folders;

    Lab(Options options) throws IOException {
        this.options = options;
        this.folder = Files.createTempDirectory(jar().getParent(), "bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete-folders"));
        var output = folder.resolve("ollama.log");
        ollama = ChildProcess.start(List.of(ownJava(), "-Xmx512m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                ScriptedOllamaMain.class.getName(), "--port", "0"), folder, Map.of(), output);
        ollamaPort = awaitPort(output);
    }

    /** @return the one number, or the other when all is to be quick */
    int number(int thorough, int quick) {
        return options.quick() ? quick : thorough;
    }

    Options options() {
        return options;
    }

    /** @return the bare upstream */
    Target upstream() {
        return Target.upstream(ollamaPort);
    }

    ProcessFigures upstreamFigures() {
        return ollama.figures();
    }

    Path newFolder() throws IOException {
        return Files.createDirectory(folder.resolve("server-" + ++folders));
    }

    /** @return a server without a past, ready to answer */
    ServerProcess server() throws IOException {
        return server(newFolder());
    }

    /** @return a server on what is in the folder, ready to answer */
    ServerProcess server(Path home) throws IOException {
        return server(home, Map.of());
    }

    /** @param settings variables of its environment, beside those that each server has, or in their place */
    ServerProcess server(Path home, Map<String, String> settings) throws IOException {
        var all = new HashMap<>(SECRETS);
        all.putAll(settings);
        all.put("OLLAMA_URL", "http://127.0.0.1:" + ollamaPort);
        return ServerProcess.start(command(), home, all);
    }

    /** Runs a command of the jar, such as {@code migrate}, in the folder of a server that is not running. */
    void run(Path home, String... words) throws IOException {
        var command = command();
        command.addAll(List.of(words));
        var output = home.resolve(words[0] + ".log");
        try (var process = ChildProcess.start(command, home, SECRETS, output)) {
            if (process.awaitExit() != 0) {
                throw new IOException(String.join(" ", words) + ": " + Files.readString(output));
            }
        }
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(options.java().toString());
        command.addAll(options.flags());
        command.addAll(List.of("-jar", jar().toString()));
        return command;
    }

    @Override
    public void close() {
        ollama.close();
        delete(folder);
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path jar() {
        return home(Main.class);
    }

    /** @return the jar or folder that a class comes from */
    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private int awaitPort(Path output) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (ollama.isAlive() && System.nanoTime() < end) {
            var port = OLLAMA_PORT.matcher(Files.readString(output));
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            pause(Duration.ofMillis(10));
        }
        throw new IOException("the scripted Ollama did not start: " + Files.readString(output));
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException alreadyGone) {
            // Deleted before, or a process that is being killed still writes: 'mvn clean' takes it away.
        }
    }
}
