package ollamaweb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import ollamaweb.testing.ScriptedOllama;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is started: a process of its own, in a folder of its own. */
@Tag("strain")
class CommandLineTest {

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private record Outcome(int exitCode, String out, String err) {}

    @Test
    void help_and_version_are_told_without_starting_anything() throws Exception {
        var help = run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: ").contains("--port", "--host", "--db", "migrate up|down|status");

        assertThat(run("--version")).isEqualTo(new Outcome(0, "ollama-web development\n", ""));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void words_that_make_no_sense_are_told_in_one_line() throws Exception {
        fails("unknown argument '--nonsense' (try --help)", "--nonsense");
        fails("--port needs a value (try --help)", "--port");
        fails("migrate takes up, down, status or --to (try --help)", "migrate");
        fails("admin takes list, create, promote, demote, disable, enable, reset-password (try --help)", "admin", "--help");
        fails("admin promote needs a value (try --help)", "admin", "promote");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_target_of_a_transfer_that_makes_no_sense_is_told_as_such_and_makes_nothing() throws Exception {
        fails("--to must look like sqlite:///./ollama_web.db or postgresql://user:password@host:5432/name", "migrate", "--to", "mysql://x");
        fails("--to has a port above 65535", "migrate", "--to", "postgresql://ada:s3cret@localhost:70000/chat");
        fails("--to must name a database", "migrate", "--to", "");
        fails("migrate --to goes from SQLite to PostgreSQL, or back", "migrate", "--to", "jdbc:sqlite:other.db");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_bad_setting_stops_the_start_with_its_name() throws Exception {
        environment.put("SETUP_MODE", "everyone");
        fails("SETUP_MODE must be one of open, first, closed");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_taken_port_is_told_in_one_line() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            fails("cannot listen on localhost:" + port + ": Address already in use", "--port", port);
        }
    }

    @Test
    void a_host_that_is_none_is_told_in_one_line() throws Exception {
        fails("cannot listen on nonsense.invalid:0: there is no such host", "--host", "nonsense.invalid", "--port", "0");
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_in_one_line() throws Exception {
        Files.writeString(folder.resolve("file"), "");

        fails("cannot write " + folder.resolve("file") + ": it is a file, not a folder", "--db", folder.resolve("file/my.db").toString());
        environment.put("LOG_DIR", "file");
        fails("cannot write file: it is a file, not a folder");
    }

    @Test
    void flags_are_above_the_environment_and_the_environment_above_the_file() throws Exception {
        Files.writeString(folder.resolve(".env"), """
                # what this installation is like
                PORT=1
                DATABASE_URL="sqlite:///./from-file.db"
                HOST=127.0.0.1
                """);
        environment.put("PORT", "bad");
        environment.put("HOST", "");

        fails("PORT must be a whole number from 0 to 65535");
        assertThat(run("migrate", "up", "--port", "0").exitCode()).isZero();
        assertThat(folder.resolve("from-file.db")).exists();
        assertThat(run("migrate", "up", "--port", "0", "--db", "from-flag.db").exitCode()).isZero();
        assertThat(folder.resolve("from-flag.db")).exists();
    }

    @Test
    void a_file_of_settings_that_cannot_be_read_is_told_by_line_and_without_what_is_in_it() throws Exception {
        Files.writeString(folder.resolve(".env"), "# mine\nHOST=127.0.0.1\n\nSECRET_KEY my-secret\n");

        fails("cannot read " + folder.resolve(".env") + ": line 4 is neither NAME=value nor a comment after # (try --help)");
    }

    @Test
    void a_file_of_settings_may_quote_and_export() throws Exception {
        Files.writeString(folder.resolve(".env"), "export DATABASE_URL='jdbc:sqlite:quoted.db'  # mine\n");

        assertThat(run("migrate", "up").exitCode()).isZero();
        assertThat(folder.resolve("quoted.db")).exists();
    }

    @Test
    void the_database_is_migrated_up_and_down_by_hand() throws Exception {
        assertThat(run("migrate", "status").out()).contains("...pending...");
        assertThat(run("migrate", "up").out()).doesNotContain("...pending...");
        assertThat(run("migrate", "down").out()).containsOnlyOnce("...pending...");
    }

    @Test
    void one_line_says_where_it_listens_where_its_data_is_and_whether_ollama_answers() throws Exception {
        try (var ollama = ScriptedOllama.start()) {
            environment.put("OLLAMA_URL", ollama.url());
            var line = whileServing(port -> assertThat(get(port, "/health")).contains("\"healthy\""));

            assertThat(line).matches("ollama-web listens on http://localhost:\\d+, keeps its data in "
                    + folder.toRealPath().resolve("ollama_web.db") + ", and Ollama at " + ollama.url() + " answers");
            assertThat(folder.resolve("logs/app.log")).content().containsPattern(
                    " - Main - INFO - SQLite 3\\.[0-9.]+, journal mode wal, synchronous FULL\n");
        }
    }

    @Test
    void it_starts_where_ollama_is_away() throws Exception {
        environment.put("OLLAMA_URL", "http://localhost:9");

        assertThat(whileServing(port -> assertThat(get(port, "/")).contains("Ollama Web GUI API")))
                .endsWith("and Ollama at http://localhost:9 does not answer");
    }

    private interface Visit {
        void to(String port) throws Exception;
    }

    /** @return the line it said when it listened; afterwards it has ended by itself on being asked to */
    private String whileServing(Visit visit) throws Exception {
        var process = start("--port", "0");
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            var line = out.readLine();
            assertThat(line).as("first line").isNotNull();
            visit.to(line.replaceAll(".*http://localhost:(\\d+), keeps.*", "$1"));
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ends when asked to").isTrue();
            return line;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String get(String port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private void fails(String reason, String... arguments) throws Exception {
        assertThat(run(arguments)).isEqualTo(new Outcome(1, "", "ollama-web: " + reason + "\n"));
    }

    private Outcome run(String... arguments) throws Exception {
        var process = start(arguments);
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
            return new Outcome(process.exitValue(), text(process.getInputStream().readAllBytes()),
                    text(process.getErrorStream().readAllBytes()));
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-Xshare:auto", "-cp",
                System.getProperty("java.class.path"), "ollamaweb.Main"));
        command.addAll(1, coverageAgent());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** @return how this very process is measured, so that what its children run is counted too */
    private static List<String> coverageAgent() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:")).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8).replace(System.lineSeparator(), "\n");
    }
}
