package ollamaweb.db.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import ollamaweb.db.InUseException;

/**
 * Keeps a second program off an SQLite file: an operating-system lock on a file beside it, which ends with the process
 * however that ends. The lock's file stays; to delete it would let two programs lock two files of the same name.
 */
final class DatabaseLock implements AutoCloseable {

    /** To close a second channel on a locked file would give up the first one's lock, so that is never opened. */
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private DatabaseLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @param database the SQLite file, which need not exist; links to it lead to the same lock
     * @throws InUseException if another program holds the lock
     * @throws IOException    if the folder cannot be made or written
     */
    static DatabaseLock take(Path database) throws IOException {
        var file = fileBeside(database);
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(file)) {
                throw new InUseException();
            }
            OwnerOnly.create(file);
            var channel = FileChannel.open(file, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() == null) {
                    throw new InUseException();
                }
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
            HELD_HERE.add(file);
            return new DatabaseLock(file, channel);
        }
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            if (!channel.isOpen()) {
                return;
            }
            HELD_HERE.remove(file);
            try {
                channel.close();
            } catch (IOException alreadyReleased) {
                // The lock goes with the channel's file, which is closed in any case.
            }
        }
    }

    private static Path fileBeside(Path database) throws IOException {
        var absolute = database.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        var real = Files.exists(absolute) ? absolute.toRealPath() : absolute.getParent().toRealPath().resolve(absolute.getFileName());
        return real.resolveSibling(real.getFileName() + ".lock");
    }
}
