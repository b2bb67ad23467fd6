package ollamaweb.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A file of log lines, rotated by size, for its owner only: it tells who asked for what, and when. */
final class LogFile extends FileHandler {

    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final int FILES_KEPT = 5;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** Null while the handler opens its first file, which its constructor does. */
    private final Path path;

    private LogFile(Path path) throws IOException {
        super(path.toString().replace("%", "%%") + ".%g", MAX_BYTES, FILES_KEPT, true);
        this.path = path;
        protectAll();
    }

    /**
     * Opens it for appending.
     *
     * @param path the plain name, which leads to the newest of the numbered files
     */
    static LogFile open(Path path) throws IOException {
        var file = new LogFile(path);
        file.setEncoding(StandardCharsets.UTF_8.name());
        file.setFormatter(new Formatter() {
            @Override
            public String format(LogRecord entry) {
                return entry.getMessage() + System.lineSeparator();
            }
        });
        linkToNewest(path);
        return file;
    }

    /** Makes the folder, for the owner only, where there is none. */
    static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException notPosix) {
            Files.createDirectories(folder);
        }
    }

    /** The handler comes here with each file that it opens, before the first line is in it. */
    @Override
    protected synchronized void setOutputStream(OutputStream out) {
        if (path != null) {
            protectAll();
        }
        super.setOutputStream(out);
    }

    private void protectAll() {
        for (int number = 0; number < FILES_KEPT; number++) {
            var file = path.resolveSibling(path.getFileName() + "." + number);
            try {
                if (Files.exists(file) && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
                    Files.setPosixFilePermissions(file, OWNER_ONLY);
                }
            } catch (UnsupportedOperationException notPosix) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The handler numbers its files, {@code .0} being the newest; the plain name leads there. */
    private static void linkToNewest(Path path) throws IOException {
        if (Files.isSymbolicLink(path) || !Files.exists(path)) {
            Files.deleteIfExists(path);
            try {
                Files.createSymbolicLink(path, Path.of(path.getFileName() + ".0"));
            } catch (UnsupportedOperationException | IOException noLinksHere) {
                System.err.println("The newest log is " + path + ".0");
            }
        }
    }
}
