package ollamaweb.imports;

import java.util.ArrayList;
import java.util.List;
import ollamaweb.conversations.PendingConversation;
import ollamaweb.db.Database;
import ollamaweb.imports.ConversationIntake.Written;

/** Writes a conversation that is not here yet, in steps between which others can write; it shows up whole or not at all. */
final class NewConversation {

    private final Database database;
    private final MessageIntake messages;

    NewConversation(Database database, MessageIntake messages) {
        this.database = database;
        this.messages = messages;
    }

    /** @throws ollamaweb.http.ApiException 401 if the account was deleted meanwhile; 503 if this server was taken for gone */
    Written write(ImportTarget target, CheckedConversation conversation) {
        var pending = PendingConversation.begin(database, target.serverId(), conversation.title(), conversation.modelName(),
                conversation.systemPrompt(), conversation.createdAt(), conversation.updatedAt());
        var notes = new ArrayList<String>();
        try {
            var ids = new Long[conversation.messages().size()];
            int from = 0;
            do {
                int to = MessageIntake.endOfStep(conversation.messages(), from);
                write(target, pending, new Range(from, to), conversation, ids, notes);
                from = to;
            } while (from < ids.length);
            var current = conversation.current() < 0 ? null : ids[conversation.current()];
            pending.finish(target.userId(), current, conversation.pinned(), conversation.archived(),
                    conversation.tags());
            return new Written(pending.id(), ids.length, notes);
        } catch (RuntimeException e) {
            pending.abandon();
            throw e;
        }
    }

    /** The messages of one step: from one on, and before another. */
    private record Range(int from, int to) {}

    /** @param ids of the messages that are there already; those of the written ones are put into it */
    private void write(ImportTarget target, PendingConversation pending, Range range, CheckedConversation conversation, Long[] ids,
            List<String> notes) {
        var fileIds = new ArrayList<List<Long>>();
        for (int i = range.from(); i < range.to(); i++) {
            fileIds.add(messages.keepFiles(target.userId(), conversation.messages().get(i).files(), notes));
        }
        pending.step(tx -> {
            for (int i = range.from(); i < range.to(); i++) {
                var message = conversation.messages().get(i);
                var parent = message.parent() < 0 ? null : ids[message.parent()];
                ids[i] = messages.write(tx, message, fileIds.get(i - range.from()),
                        new MessageIntake.Place(pending.id(), target.userId(), parent));
            }
            if (range.to() == ids.length) {
                tx.dao(OriginDao.class).put(target.userId(), target.source(), conversation.key(), pending.id(), conversation.hash(),
                        conversation.title(), target.importId(), ImportItem.IMPORTED);
            }
            return null;
        });
    }
}
