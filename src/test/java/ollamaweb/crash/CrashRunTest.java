package ollamaweb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few rounds of what {@code ./run.sh crash-test} does a hundred times. */
@Tag("strain")
class CrashRunTest {

    private static final int ROUNDS = 2;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void a_server_that_is_killed_at_any_moment_has_kept_all_that_it_acknowledged(String database) throws Exception {
        long seed = new Random().nextInt(1_000_000);
        try (var run = new CrashRun(folder, CrashCommand.url(database, folder), seed)) {
            var outcome = run.run(ROUNDS, new PrintStream(PrintStream.nullOutputStream()));

            assertThat(outcome.acknowledged()).as("seed " + seed).isPositive();
        } catch (Broken e) {
            throw new AssertionError("with seed " + seed, e);
        }
    }
}
