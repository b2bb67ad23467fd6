package ollamaweb.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that are being read, as they lie on the disk meanwhile; those of a server that was killed are deleted by the next one. */
final class WorkingCopies {

    private static final Logger log = LoggerFactory.getLogger(WorkingCopies.class);
    private static final String BEGINNING = "ollama-web-import-";
    private static final String END = ".tmp";
    private static final Pattern NAME = Pattern.compile(BEGINNING + "(\\d{1,18})-.*\\.tmp");

    private WorkingCopies() {}

    /** @return an empty file, which only this account of the machine may read */
    static Path create() throws IOException {
        return Files.createTempFile(BEGINNING + ProcessHandle.current().pid() + "-", END);
    }

    static void deleteAbandoned() {
        var folder = Path.of(System.getProperty("java.io.tmpdir"));
        try (var files = Files.newDirectoryStream(folder, BEGINNING + "*" + END)) {
            for (var file : files) {
                if (isAbandoned(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            log.warn("Could not look for files of imports that were broken off: {}", e.toString());
        }
    }

    /** In a container each process has the number that the one before it had. */
    private static boolean isAbandoned(Path file) throws IOException {
        var name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        var owner = ProcessHandle.of(Long.parseLong(name.group(1)));
        return owner.isEmpty()
                || Files.getLastModifiedTime(file).toInstant().isBefore(owner.get().info().startInstant().orElse(Instant.MIN));
    }
}
