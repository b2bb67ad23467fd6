package ollamaweb.export;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.conversations.MessageDao;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;

/**
 * One state of a conversation, however long, on its way to a client. It passes through a temporary file that is gone
 * when it is closed: the database is free again before the first byte leaves, so a client that reads slowly holds up
 * nobody, and whatever fails does so while it can still be said with a status.
 */
final class ExportFile {

    private static final int BUFFER_BYTES = 64 * 1024;

    private ExportFile() {}

    /**
     * @return the export, to be read once and closed
     * @throws ollamaweb.http.ApiException 404 if the user has no such conversation
     */
    static InputStream of(Database database, long id, long userId, ExportFormat format) {
        try {
            var path = Files.createTempFile("export", null);
            var file = FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE);
            try {
                database.read(tx -> write(tx, id, userId, format, file));
                return Channels.newInputStream(file.position(0));
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("There is no temporary file for the export", e);
        }
    }

    private static Void write(Transaction tx, long id, long userId, ExportFormat format, FileChannel file) {
        var conversation = tx.dao(ConversationDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
        try {
            var out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
            format.write(conversation, tx.dao(MessageDao.class).each(id), out);
            out.flush();
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("The export could not be written", e);
        }
    }
}
