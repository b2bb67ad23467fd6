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
import java.util.List;
import java.util.concurrent.Semaphore;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.conversations.ConversationRoutes;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.files.FileDao;
import ollamaweb.messages.Message;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.PathDao;

/**
 * Conversations, however long, on their way to clients. Each passes, in one state, through a temporary file that is gone
 * when it is closed: the database is free again before the first byte leaves, so a client that reads slowly holds up
 * nobody, and whatever fails does so while it can still be said with a status.
 */
final class ExportFiles {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Fewer than the database has readers, so that whoever exports leaves some to the others. */
    private static final int AT_ONCE = 2;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final Database database;

    ExportFiles(Database database) {
        this.database = database;
    }

    /**
     * @return the export, to be read once and closed
     * @throws ollamaweb.http.ApiException 404 if the user has no such conversation
     */
    InputStream open(long id, long userId, ExportFormat format) {
        try {
            var path = Files.createTempFile("ollama-web-export", null);
            var file = FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE);
            try {
                fill(file, id, userId, format);
                return Channels.newInputStream(file.position(0));
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("The export could not be kept in a temporary file", e);
        }
    }

    private void fill(FileChannel file, long id, long userId, ExportFormat format) {
        turns.acquireUninterruptibly();
        try {
            database.read(tx -> write(tx, id, userId, format, file));
        } finally {
            turns.release();
        }
    }

    private static Iterable<Message> tree(Transaction tx, Conversation conversation, long userId) {
        return tx.dao(MessageDao.class).eachOfTree(conversation.id(), userId);
    }

    /** The ids first, since to read a path one message at a time from its beginning on there has to be a list of them. */
    private static Iterable<Message> path(Transaction tx, Conversation conversation, long userId) {
        var last = conversation.currentMessageId();
        var ids = last == null ? List.<Long>of() : tx.dao(PathDao.class).idsBetween(last, 0, last);
        var dao = tx.dao(MessageDao.class);
        return () -> ids.stream().map(id -> dao.findWhole(id, userId).orElseThrow()).iterator();
    }

    private static Void write(Transaction tx, long id, long userId, ExportFormat format, FileChannel file) {
        var conversation = tx.dao(ConversationDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
        try {
            var out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
            var files = tx.dao(FileDao.class);
            var writer = format.writer(conversation, files, out);
            writer.begin();
            for (var message : format.hasWholeTree() ? tree(tx, conversation, userId) : path(tx, conversation, userId)) {
                writer.write(message, message.hasFiles() ? files.listOfMessage(message.id()) : List.of());
            }
            writer.end();
            out.flush();
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("The export could not be written", e);
        }
    }
}
