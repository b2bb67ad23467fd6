package ollamaweb.conversations;

import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import ollamaweb.db.Database;
import ollamaweb.db.StepTime;
import ollamaweb.db.Transaction;
import ollamaweb.files.FileDao;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.MessageRoutes;
import ollamaweb.messages.PathDao;

/** Copies the path of a conversation into one of its own, in steps between which others can write. */
public final class ConversationFork {

    private final Database database;
    private final LongSupplier serverId;
    private final Clock clock;

    /** @param serverId tells the id of this server, which changes when it was taken for gone */
    public ConversationFork(Database database, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.serverId = serverId;
        this.clock = clock;
    }

    /** What is copied: messages of one path, oldest first, and what their conversation is called. */
    public record Original(String title, String modelName, String systemPrompt, List<Long> messageIds) {}

    /**
     * @param messageId the last message to be copied; null: the one that the path leads to
     * @return the copy
     * @throws ollamaweb.http.ApiException 404 if the user has no such conversation, or it has no such message
     */
    Conversation copy(long id, long userId, Long messageId) {
        var original = database.read(tx -> {
            var conversation = tx.dao(ConversationDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
            if (messageId != null && tx.dao(MessageDao.class).findIn(id, messageId).isEmpty()) {
                throw MessageRoutes.notFound();
            }
            var last = messageId == null ? conversation.currentMessageId() : messageId;
            return new Original(conversation.title(), conversation.modelName(), conversation.systemPrompt(),
                    last == null ? List.of() : tx.dao(PathDao.class).idsBetween(last, 0, last));
        });
        return copy(original, userId);
    }

    /** @return the copy, which is the user's */
    public Conversation copy(Original original, long userId) {
        var now = clock.instant();
        var copy =
                PendingConversation.begin(database, serverId.getAsLong(), original.title(), original.modelName(), original.systemPrompt(),
                        now, now);
        try {
            copy.finish(userId, copyMessages(copy, original.messageIds()));
        } catch (RuntimeException e) {
            copy.abandon();
            throw e;
        }
        return database.read(tx -> tx.dao(ConversationDao.class).find(copy.id(), userId).orElseThrow(ConversationRoutes::notFound));
    }

    /** How many messages are copied, and the copy of the last of them, null if there is none. */
    private record Progress(int count, Long last) {}

    /** @return the copy of the last message, null if there is none; what was deleted meanwhile is left out */
    private static Long copyMessages(PendingConversation copy, List<Long> ids) {
        var progress = new Progress(0, null);
        while (progress.count() < ids.size()) {
            var sofar = progress;
            progress = copy.step(tx -> copySome(tx, copy.id(), ids, sofar));
        }
        return progress.last();
    }

    private static Progress copySome(Transaction tx, long conversationId, List<Long> ids, Progress sofar) {
        var time = new StepTime();
        var last = sofar.last();
        int count = sofar.count();
        do {
            last = copy(tx, ids.get(count++), conversationId, last);
        } while (count < ids.size() && time.isLeft());
        return new Progress(count, last);
    }

    /** @return the copy, or the message it was to follow where the original was deleted meanwhile */
    private static Long copy(Transaction tx, long id, long conversationId, Long parentId) {
        var copied = tx.dao(MessageDao.class).copy(id, conversationId, parentId);
        copied.ifPresent(copy -> tx.dao(FileDao.class).copy(id, copy));
        return copied.orElse(parentId);
    }
}
