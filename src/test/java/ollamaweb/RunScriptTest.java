package ollamaweb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ollamaweb.testing.Program;
import ollamaweb.testing.Program.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run.sh} in a folder whose name has a space, with a JDK and a Maven that only tell what they were asked to do. */
class RunScriptTest {

    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void copyTheScript() throws IOException {
        folder = Files.createDirectories(temporary.toRealPath().resolve("my server"));
        Files.copy(Path.of("run.sh"), folder.resolve("run.sh"));
        Files.createDirectories(folder.resolve("src/main"));
        Files.createDirectories(folder.resolve("sql"));
        Files.createDirectories(folder.resolve("target"));
        Files.createFile(folder.resolve("pom.xml"));
        Files.createDirectories(folder.resolve("jdk 99/bin"));
        Files.writeString(folder.resolve("jdk 99/release"), "JAVA_VERSION=\"99.0.1\"\n");
        program("jdk 99/bin/java", """
                for argument in "$@"; do
                    case "$argument" in
                    -XX:AOTCacheOutput=*) : >"${argument#*=}"; echo "ollama-web listens on http://127.0.0.1:9, for a moment"; exit ;;
                    esac
                done
                printf '%s\\n' "$PWD" "$@"
                """);
        program("bin/mvn", """
                : >target/ollama-web.jar
                printf '\\033[0m\\033[0m'
                """);
    }

    @Test
    void it_builds_prepares_and_starts_in_a_path_with_a_space_and_says_no_more_than_that() throws Exception {
        assertThat(run("--port", "0")).isEqualTo(new Outcome(0, started("--port\n0\n"), """
                run.sh: building, which takes a minute the first time
                run.sh: preparing a faster start, once
                """));
        assertThat(run("--db", "my data.db")).as("what is built and prepared is used")
                .isEqualTo(new Outcome(0, started("--db\n" + folder + "/my data.db\n"), ""));
    }

    @Test
    void help_needs_neither_a_build_nor_a_jdk() throws Exception {
        Files.delete(folder.resolve("jdk 99/bin/java"));

        for (var help : List.of("--help", "-h")) {
            var outcome = run(help);

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out()).startsWith("Usage: ./run.sh ").contains("--host", "--port", "--db", "migrate up|down|status",
                    "import FILE", "bench");
            assertThat(outcome.err()).isEmpty();
        }
        assertThat(folder.resolve("target")).isEmptyDirectory();
    }

    @Test
    void a_build_that_fails_says_why_without_colours() throws Exception {
        program("bin/mvn", """
                printf '\\033[1;31mERROR\\033[m it does not compile\\n\\033[0m'
                exit 1
                """);

        assertThat(run()).isEqualTo(new Outcome(1, "", """
                run.sh: building, which takes a minute the first time
                ERROR it does not compile
                run.sh: the build failed
                """));
    }

    @ParameterizedTest
    @CsvSource({"bench, ollamaweb.bench.Bench", "crash-test, ollamaweb.crash.CrashCommand"})
    void the_tools_get_what_was_typed_behind_their_names_and_nothing_before_it(String name, String program) throws Exception {
        var outcome = run(name, "--seed", "4 7");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        var typed = outcome.out().substring(outcome.out().indexOf(program + "\n") + program.length() + 1).lines().toList();
        assertThat(typed.subList(typed.size() - 2, typed.size())).containsExactly("--seed", "4 7");
        assertThat(typed.subList(0, typed.size() - 2)).allMatch(flag -> flag.startsWith("-"));
    }

    @ParameterizedTest
    @CsvSource({"import", "backup", "verify", "restore"})
    void a_file_is_one_of_the_folder_in_which_it_was_typed(String command) throws Exception {
        var outcome = run(command, "my export.zip", "--account", "import");

        assertThat(outcome.out()).as(outcome.err()).endsWith("\n" + command + "\n" + folder + "/my export.zip\n--account\nimport\n");
    }

    private String started(String arguments) {
        return folder + """

                -Xms24m
                -Xmx512m
                -Xss512k
                -XX:MetaspaceSize=96m
                -XX:+UseSerialGC
                -XX:TrimNativeHeapInterval=5000
                -XX:AOTCache=%s/target/classes-of-java-99.cache
                -jar
                target/ollama-web.jar
                """.formatted(folder) + arguments;
    }

    private Outcome run(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("bash", folder.resolve("run.sh").toString()));
        command.addAll(List.of(arguments));
        var environment = Map.of("JAVA_HOME", folder.resolve("jdk 99").toString(),
                "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        try (var program = Program.start(folder, environment, command)) {
            return program.awaitEnd();
        }
    }

    private void program(String name, String script) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
