package ollamaweb.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.function.LongSupplier;
import ollamaweb.db.Database;
import ollamaweb.http.ApiException;
import ollamaweb.json.Excerpt;
import ollamaweb.json.Texts;

/** Takes files in, which wait in the database, in pieces, until a server reads them. */
final class ImportQueue {

    private static final int MOST_OPEN_OF_ACCOUNT = 3;
    private static final int MOST_OPEN = 20;
    private static final int RETRY_SECONDS = 10;
    private static final int MAX_NAME = 200;

    private final Database database;
    private final long maxBytes;
    private final LongSupplier serverId;
    private final Clock clock;

    /** Writes a file where it is to be kept. */
    @FunctionalInterface
    interface Upload<E extends Exception> {

        /** @return the file's name, as it was given */
        String writeTo(OutputStream out) throws E;
    }

    /**
     * @param maxBytes how large a file may be
     * @param serverId tells the id of this server; what one that is gone was taking in is deleted at the next start
     */
    ImportQueue(Database database, long maxBytes, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.maxBytes = maxBytes;
        this.serverId = serverId;
        this.clock = clock;
    }

    /**
     * @return the id of the import, which waits from now on
     * @throws ApiException 413 if the file is too large, 422 if it is empty, 429 or 503 if too many are waiting
     */
    <E extends Exception> long add(long userId, boolean dryRun, Upload<E> file) throws E {
        long server = serverId.getAsLong();
        long id = begin(userId, server, dryRun);
        try {
            var pieces = new IncomingImport(database, id, maxBytes);
            var name = nameOf(file.writeTo(pieces));
            long size = pieces.end();
            if (size == 0) {
                throw ApiException.invalid("file", "must not be empty", "value_error");
            }
            if (!database.write(userId, tx -> tx.dao(ImportDao.class).queue(id, server, name, size))) {
                throw ApiException.busy("The server was away for too long, please try again", 1);
            }
            return id;
        } catch (Exception | Error e) {
            var unused = database.submit(tx -> {
                tx.dao(ImportDao.class).abandon(id);
                return null;
            });
            throw e;
        }
    }

    private long begin(long userId, long server, boolean dryRun) {
        return database.write(userId, tx -> {
            var dao = tx.dao(ImportDao.class);
            if (dao.countOpen(userId) >= MOST_OPEN_OF_ACCOUNT) {
                throw ApiException.tooManyRequests("At most " + MOST_OPEN_OF_ACCOUNT + " imports of an account can wait", RETRY_SECONDS);
            }
            if (dao.countOpen() >= MOST_OPEN) {
                throw ApiException.busy("Too many imports are waiting, please try again", RETRY_SECONDS);
            }
            return dao.begin(userId, server, dryRun, clock.instant());
        });
    }

    /** Without folders and control characters, and not endless. */
    private static String nameOf(String given) {
        var plain = Texts.keepable(given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1))
                .replaceAll("\\p{Cc}+", " ").strip();
        return Excerpt.cut(plain, MAX_NAME);
    }
}
