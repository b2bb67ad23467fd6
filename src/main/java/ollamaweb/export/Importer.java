package ollamaweb.export;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import ollamaweb.conversations.PendingConversation;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.files.FileDao;
import ollamaweb.files.FileStore;
import ollamaweb.http.ApiException;
import ollamaweb.messages.FavoriteDao;
import ollamaweb.messages.MessageDao;

/** Brings conversations in, in steps between which others can write. */
final class Importer {

    private static final int CHARACTERS_A_STEP = 250_000;
    private static final int MESSAGES_A_STEP = 100;

    private final Database database;
    private final FileStore files;
    private final LongSupplier serverId;
    private final Clock clock;

    /** @param serverId tells the id of this server, which changes when it was taken for gone */
    Importer(Database database, FileStore files, LongSupplier serverId, Clock clock) {
        this.database = database;
        this.files = files;
        this.serverId = serverId;
        this.clock = clock;
    }

    /**
     * @return the id of the new conversation, which is the user's
     * @throws ollamaweb.http.ApiException 422 if the messages are no tree
     */
    long run(long userId, ImportDraft draft) {
        var tree = draft.tree();
        var now = clock.instant();
        var fileIds = keepFiles(userId, draft.messages());
        var pending = PendingConversation.begin(database, serverId.getAsLong(), draft.title(), draft.modelName(), draft.systemPrompt(),
                draft.createdAt().orElse(now), draft.updatedAt().orElse(now));
        try {
            var ids = new Long[draft.messages().size()];
            for (int from = 0, to; from < ids.length; from = to) {
                to = endOfStep(draft.messages(), from);
                var range = new Range(from, to);
                pending.step(tx -> insert(tx, new Insertion(pending.id(), userId, draft.messages(), fileIds, tree, now), range, ids));
            }
            pending.finish(userId, tree.current() < 0 ? null : ids[tree.current()], draft.pinned(), draft.archived(), draft.tags());
            return pending.id();
        } catch (RuntimeException e) {
            pending.abandon();
            throw e;
        }
    }

    /** @return the ids of each message's files; what no message gets, because the import fails, is deleted a day later */
    private List<List<Long>> keepFiles(long userId, List<ImportedMessage> messages) {
        return messages.stream()
                .map(message -> message.files().stream()
                        .map(file -> files.keep(userId, file.name(), file.data().bytes()).id()).distinct().toList())
                .toList();
    }

    /** The messages of one step: from one on, and before another. */
    private record Range(int from, int to) {}

    /** What is inserted, and for whom. */
    private record Insertion(long conversationId, long userId, List<ImportedMessage> messages, List<List<Long>> fileIds,
            ImportedTree tree, Instant now) {}

    /** @param ids of the messages that are there already; those of the inserted ones are put into it */
    private static Void insert(Transaction tx, Insertion what, Range range, Long[] ids) {
        var dao = tx.dao(MessageDao.class);
        for (int i = range.from(); i < range.to(); i++) {
            int parent = what.tree().parents()[i];
            var message = what.messages().get(i);
            ids[i] = dao.insert(message.in(what.conversationId(), parent < 0 ? null : ids[parent], what.now()));
            attach(tx, what, i, ids[i]);
            if (message.favorite()) {
                tx.dao(FavoriteDao.class).insert(what.userId(), ids[i]);
            }
        }
        return null;
    }

    private static void attach(Transaction tx, Insertion what, int message, long messageId) {
        var dao = tx.dao(FileDao.class);
        int place = 0;
        for (long id : what.fileIds().get(message)) {
            if (dao.keep(id, what.userId(), what.now())) {
                dao.attach(messageId, place++, id);
            }
        }
    }

    /** @return the first message that is too much for the step; there is always at least one in it */
    private static int endOfStep(List<ImportedMessage> messages, int from) {
        int to = from;
        for (long characters = 0; to < messages.size() && to - from < MESSAGES_A_STEP; to++) {
            characters += messages.get(to).content().length();
            if (characters > CHARACTERS_A_STEP && to > from) {
                break;
            }
        }
        return to;
    }
}
