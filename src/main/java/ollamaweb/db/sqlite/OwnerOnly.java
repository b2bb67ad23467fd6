package ollamaweb.db.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but their owner can read, where the file system knows such a thing. */
final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes an empty file; one that is there stays as it is. */
    static void create(Path file) throws IOException {
        try {
            createNew(file);
        } catch (FileAlreadyExistsException e) {
            // That is what was asked for.
        }
    }

    /** @throws FileAlreadyExistsException if it is there */
    static void createNew(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException notPosix) {
            Files.createFile(file);
        }
    }
}
