package ollamaweb.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import ollamaweb.Settings;
import ollamaweb.db.Storage;
import ollamaweb.testing.SampleData;
import org.junit.jupiter.api.io.TempDir;

/** A folder with databases, and what backs them up and restores them. */
abstract class BackupFolder {

    @TempDir
    Path folder;

    final ByteArrayOutputStream out = new ByteArrayOutputStream();

    List<String> names(String part) {
        return names(part, folder);
    }

    static List<String> names(String part, Path where) {
        try (var files = Files.list(where)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(part) && !name.endsWith(".lock") && !name.matches(".*(secret|-wal|-shm)")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String name) {
        return "jdbc:sqlite:" + folder.resolve(name + ".db");
    }

    static Storage storage(Map<String, String> settings) {
        return Settings.of(settings).storage();
    }

    Backups backups(String url) {
        return new Backups(SampleData.storage(url), new BackupSettings(null, 14, true), "1", new PrintStream(out, true, UTF_8), false,
                Clock.systemUTC());
    }

    Restore restore() {
        return new Restore(new PrintStream(out, true, UTF_8), false, Clock.systemUTC());
    }
}
