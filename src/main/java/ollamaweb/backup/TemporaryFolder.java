package ollamaweb.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder that only its owner can read, beside what is being made in it; gone once it is closed. A process that is killed leaves
 * it, and with it a file whose lock has ended: so the next one knows, and takes it away.
 */
final class TemporaryFolder implements AutoCloseable {

    private static final String PREFIX = ".ollama-web-";
    private static final String LOCK = "lock";
    /** Nothing takes so long; says of a folder without a lock that it was left. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);
    /** To open a locked file again would give up its lock once that is closed. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    /** Null where the file system knows no locks. */
    private final FileChannel lock;

    private TemporaryFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Makes one in a folder, which is made too if it does not exist, and takes away those that were left there. */
    static TemporaryFolder in(Path parent) throws IOException {
        var real = Files.createDirectories(parent).toRealPath();
        try (var folders = Files.newDirectoryStream(real, PREFIX + "*")) {
            for (var folder : folders) {
                if (isLeft(folder)) {
                    delete(folder);
                }
            }
        }
        var folder = Files.createTempDirectory(real, PREFIX);
        HELD_HERE.add(folder);
        return new TemporaryFolder(folder, lock(folder));
    }

    /** @return the lock, whose file has its name only once it is locked */
    private static FileChannel lock(Path folder) throws IOException {
        var unlocked = folder.resolve("unlocked");
        var channel = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock();
            Files.move(unlocked, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException noLocks) {
            channel.close();
            return null;
        }
    }

    private static boolean isLeft(Path folder) {
        if (HELD_HERE.contains(folder) || !Files.isDirectory(folder)) {
            return false;
        }
        try {
            if (Files.notExists(folder.resolve(LOCK))) {
                return Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(LEFT_BEHIND));
            }
            try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
                return channel.tryLock() != null;
            }
        } catch (IOException goneOrNotOurs) {
            return false;
        }
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
        HELD_HERE.remove(folder);
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException alreadyReleased) {
                // The lock goes with its file.
            }
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // What cannot be deleted now is deleted by the next one.
        }
    }
}
