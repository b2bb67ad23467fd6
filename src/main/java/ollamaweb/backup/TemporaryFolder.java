package ollamaweb.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** A folder that only its owner can read, beside what is being made in it; gone once it is closed. */
final class TemporaryFolder implements AutoCloseable {

    private static final String PREFIX = ".ollama-web-";
    /** Nothing takes so long; what is as old as this was left by a process that was killed. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Path folder;

    private TemporaryFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes one in a folder, which is made too if it does not exist, and takes away those that were left there. */
    static TemporaryFolder in(Path parent) throws IOException {
        Files.createDirectories(parent);
        var before = Instant.now().minus(LEFT_BEHIND);
        try (var left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (var folder : left) {
                if (Files.isDirectory(folder) && Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                    delete(folder);
                }
            }
        }
        return new TemporaryFolder(Files.createTempDirectory(parent, PREFIX));
    }

    /** @return a new file that only its owner can read */
    Path newFile(String name) throws IOException {
        return Files.createTempFile(folder, "", name);
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        delete(folder);
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // What cannot be deleted now is deleted by the next one, a day later.
        }
    }
}
