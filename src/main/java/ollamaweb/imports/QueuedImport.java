package ollamaweb.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import ollamaweb.concurrent.Threads;
import ollamaweb.db.Database;

/**
 * Hands a file to the server that has the database for itself, and watches how that reads it. Once it is handed over, the server
 * looks for it once a second, and goes on whatever becomes of this process.
 */
public final class QueuedImport implements FileImport {

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final int ITEMS_AT_ONCE = 500;

    private final ImportDao imports;
    private final ImportQueue queue;

    /**
     * @param maxBytes how large a file may be
     * @param serverId tells the id of this process
     */
    public QueuedImport(Database database, long maxBytes, LongSupplier serverId, Clock clock) {
        this.imports = database.reader(ImportDao.class);
        this.queue = new ImportQueue(database, maxBytes, serverId, clock);
    }

    @Override
    public Sum run(Path file, long userId, boolean dryRun, Watcher watcher) throws IOException {
        long id = queue.<IOException>add(userId, dryRun, out -> handOver(file, out, watcher));
        for (int told = 0;;) {
            var now = imports.find(id, userId).orElseThrow(() -> new IOException("the account was deleted"));
            told = tell(id, told, watcher);
            if (now.finishedAt() != null && told >= now.done()) {
                return ended(now);
            }
            if (now.total() != null) {
                watcher.reached(now.done(), now.total());
            }
            Threads.pause(LOOK);
        }
    }

    /** After each piece the server has as much time to write as the piece took. */
    private static String handOver(Path file, OutputStream out, Watcher watcher) throws IOException {
        long size = Files.size(file);
        long done = 0;
        var piece = new byte[IncomingImport.PIECE_BYTES];
        try (var in = Files.newInputStream(file)) {
            for (int length = in.readNBytes(piece, 0, piece.length); length > 0; length = in.readNBytes(piece, 0, piece.length)) {
                long begun = System.nanoTime();
                out.write(piece, 0, length);
                done += length;
                watcher.handedOver(done, Math.max(done, size));
                Threads.pause(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
        return String.valueOf(file.getFileName());
    }

    private int tell(long id, int told, Watcher watcher) {
        int reached = told;
        for (var items = imports.items(id, reached, ITEMS_AT_ONCE); !items.isEmpty(); items = imports.items(id, reached, ITEMS_AT_ONCE)) {
            items.stream().filter(ImportItem::isRemarkable).forEach(item -> watcher.told(item.remark()));
            reached = items.get(items.size() - 1).number();
        }
        return reached;
    }

    private static Sum ended(Import told) throws IOException {
        return switch (told.status()) {
            case Import.DONE -> Sum.of(told);
            case Import.FAILED -> throw new IOException(told.error());
            default -> throw new IOException("the import was cancelled after " + told.done() + " conversations");
        };
    }
}
