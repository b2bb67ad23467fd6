package ollamaweb.conversations;

import java.time.Instant;
import java.util.function.Function;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.ApiException;
import ollamaweb.http.Tags;
import ollamaweb.json.Texts;

/**
 * A conversation that is put together in steps between which others can write. It shows up in the last one, or not at all:
 * what fails or is killed on the way was never seen, and is deleted.
 */
public final class PendingConversation {

    private final Database database;
    private final long id;

    private PendingConversation(Database database, long id) {
        this.database = database;
        this.id = id;
    }

    /**
     * Writes the conversation without messages; {@link #finish} or {@link #abandon} has to follow.
     *
     * @param serverId the server that puts it together; when that is gone, it is deleted
     */
    public static PendingConversation begin(Database database, long serverId, String title, String modelName, String systemPrompt,
            Instant createdAt,
            Instant updatedAt) {
        return new PendingConversation(database, database.step(tx -> {
            var dao = tx.dao(PendingConversationDao.class);
            long id = dao.insert(title, Texts.fold(title), modelName, systemPrompt, createdAt, updatedAt);
            dao.begin(id, serverId);
            return id;
        }));
    }

    public long id() {
        return id;
    }

    /** Writes a part of it, for a few milliseconds. */
    public <R> R step(Function<Transaction, R> work) {
        return database.step(work);
    }

    /**
     * Shows it to its owner, in no particular order.
     *
     * @param currentMessageId the message that its path leads to, or null
     * @throws ApiException as {@link #finish(long, Long, boolean, boolean, Tags)}
     */
    public void finish(long userId, Long currentMessageId) {
        finish(userId, currentMessageId, false, false, Tags.NONE);
    }

    /**
     * Shows it to its owner.
     *
     * @param currentMessageId the message that its path leads to, or null
     * @param tags             what the owner has filed it under
     * @throws ApiException 401 if the account was deleted meanwhile; 503 if this server was taken for gone
     */
    public void finish(long userId, Long currentMessageId, boolean pinned, boolean archived, Tags tags) {
        database.step(tx -> {
            var dao = tx.dao(PendingConversationDao.class);
            if (!dao.end(id)) {
                throw ApiException.busy("The server was away for too long, please try again", 1);
            }
            if (!dao.show(id, userId, currentMessageId)) {
                throw ApiException.unauthorized("Invalid API key");
            }
            var order = tx.dao(OrderDao.class);
            order.set(id, userId, pinned, archived);
            order.replaceTags(id, userId, tags.names());
            return null;
        });
    }

    /** What there is of it is deleted later. */
    public void abandon() {
        var unused = database.submit(tx -> {
            tx.dao(PendingConversationDao.class).end(id);
            return null;
        });
    }
}
