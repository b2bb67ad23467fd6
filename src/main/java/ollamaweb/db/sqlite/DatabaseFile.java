package ollamaweb.db.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The SQLite file as the file system sees it: whether it may be opened, and whether it is still where it was. */
final class DatabaseFile {

    private static final List<String> SECRETS = List.of(SqliteStorage.SECRET_ENDING, SqliteStorage.JWT_SECRET_ENDING);

    private final Path path;
    private final boolean logLeftBehind;
    /** Null where the system has none. */
    private volatile Object identity;

    private DatabaseFile(Path path, boolean logLeftBehind) {
        this.path = path;
        this.logLeftBehind = logLeftBehind;
    }

    /**
     * Makes the file when it is missing and nothing says that there was one before. It is not read, nor opened: to close
     * it again would give up the locks that SQLite holds on it in this process.
     *
     * @throws IOException if it cannot be written, or is missing or empty beside its log or its secrets
     */
    static DatabaseFile prepare(Path path) throws IOException {
        boolean log = sizeOf(beside(path, "-wal")) > 0;
        if (sizeOf(path) == 0) {
            var lack = Files.exists(path) ? "is empty" : "is missing";
            if (log) {
                throw new IOException("the database " + path + " " + lack + ", but its log " + beside(path, "-wal").getFileName()
                        + " is not: restore the file, or move the log away");
            }
            var kept = replacing(path);
            if (kept.isPresent()) {
                throw new IOException("the database " + path + " " + lack + ", since a restore was broken off: run it again; what was there"
                        + " before is " + kept.get());
            }
            requireNoSecrets(path, lack);
        }
        OwnerOnly.create(path.toAbsolutePath());
        if (!Files.isWritable(path) || Files.isDirectory(path)) {
            throw new IOException("cannot write the database " + path);
        }
        return new DatabaseFile(path, log);
    }

    /** @return how the database is called that was there, if it is missing since its replacement was broken off */
    static Optional<String> replacing(Path path) throws IOException {
        var note = beside(path, SqliteStorage.REPLACING_ENDING);
        return Files.exists(note) && Files.notExists(path) ? Optional.of(Files.readString(note)) : Optional.empty();
    }

    /** @throws IOException if there is no file, or it is empty */
    static DatabaseFile existing(Path path) throws IOException {
        if (sizeOf(path) <= 0) {
            throw new IOException("there is no database " + path);
        }
        return new DatabaseFile(path, false);
    }

    /** @throws IOException if there are secrets beside it: whoever has them has data to miss */
    void requireNoSecrets() throws IOException {
        requireNoSecrets(path, "is empty");
    }

    Path path() {
        return path;
    }

    /** @return whether the last program that had it open did not close it */
    boolean wasLeftOpen() {
        return logLeftBehind;
    }

    long size() {
        return sizeOf(path);
    }

    /** To be called once SQLite has opened it, since layered file systems may give it another identity then. */
    void remember() throws IOException {
        identity = identity(path);
    }

    /** @return whether its name still leads to the file that was opened; true where the system cannot tell */
    boolean isInPlace() {
        try {
            return identity == null || identity.equals(identity(path));
        } catch (IOException gone) {
            return false;
        }
    }

    private static void requireNoSecrets(Path path, String lack) throws IOException {
        var secrets = SECRETS.stream().map(ending -> beside(path, ending)).filter(Files::exists)
                .map(secret -> secret.getFileName().toString()).collect(Collectors.joining(" and "));
        if (!secrets.isEmpty()) {
            throw new IOException("the database " + path + " " + lack + ", but its secrets are there: put the database back, or move "
                    + secrets + " away to begin anew");
        }
    }

    private static Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static long sizeOf(Path path) {
        try {
            return Files.isDirectory(path) ? -1 : Files.size(path);
        } catch (IOException missing) {
            return 0;
        }
    }

    private static Path beside(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }
}
