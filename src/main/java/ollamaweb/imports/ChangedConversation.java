package ollamaweb.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.imports.ConversationIntake.Written;
import ollamaweb.imports.OriginDao.KnownMessage;
import ollamaweb.imports.OriginDao.Origin;
import ollamaweb.json.Texts;
import ollamaweb.messages.MessageDao;

/**
 * Brings a conversation that came before up to what its source says now: new messages are added where they belong, texts that have
 * changed are changed. What was deleted here stays deleted, and whoever has gone on here stays where they are.
 */
final class ChangedConversation {

    /** Stands for a message that was deleted here; nothing that follows it comes back. */
    private static final long DELETED = -1;

    private final Database database;
    private final MessageIntake messages;
    private final ConversationLimits limits;

    ChangedConversation(Database database, MessageIntake messages, ConversationLimits limits) {
        this.database = database;
        this.messages = messages;
        this.limits = limits;
    }

    /** @return how many messages {@link #write} would add or change */
    int count(CheckedConversation conversation, Origin before) {
        var known = known(before);
        return (int) conversation.messages().stream().filter(message -> {
            var here = known.get(message.key());
            return here == null || hasChanged(message, here);
        }).count();
    }

    /** @return whether it only begins like the one that came before: none of that one's messages is in it, or one that is differs */
    boolean isAnother(CheckedConversation conversation, Origin before) {
        if (before.contentHash().equals(conversation.hash())) {
            return false;
        }
        var known = known(before);
        var common = conversation.messages().stream().filter(message -> known.containsKey(message.key())).toList();
        return common.isEmpty() || common.stream().anyMatch(message -> !known.get(message.key()).contentHash().equals(message.hash()));
    }

    /** @throws ollamaweb.http.ApiException 409 if the conversation has no room for more */
    Written write(ImportTarget target, CheckedConversation conversation, Origin before) {
        var known = known(before);
        var notes = new ArrayList<String>();
        var ids = new Long[conversation.messages().size()];
        int written = 0;
        for (int from = 0, to; from < ids.length; from = to) {
            to = MessageIntake.endOfStep(conversation.messages(), from);
            var files = newFiles(target, conversation.messages().subList(from, to), known, notes);
            var step = new Step(target.userId(), before.conversationId(), from, to, conversation, known, files);
            written += database.step(tx -> write(tx, step, ids));
        }
        database.step(tx -> {
            finish(tx, target, conversation, before, known, conversation.current() < 0 ? DELETED : ids[conversation.current()]);
            return null;
        });
        return new Written(before.conversationId(), written, notes);
    }

    private Map<String, KnownMessage> known(Origin before) {
        var known = new HashMap<String, KnownMessage>();
        database.read(tx -> tx.dao(OriginDao.class).messages(before.conversationId()))
                .forEach(message -> known.put(message.sourceKey(), message));
        return known;
    }

    private List<List<Long>> newFiles(ImportTarget target, List<CheckedMessage> range, Map<String, KnownMessage> known,
            List<String> notes) {
        return range.stream()
                .map(message -> known.containsKey(message.key()) && !hasChanged(message, known.get(message.key()))
                        ? List.<Long>of()
                        : messages.keepFiles(target.userId(), message.files(), notes))
                .toList();
    }

    /** The messages of one step: from one on, and before another. */
    private record Step(long userId, long conversationId, int from, int to, CheckedConversation conversation,
            Map<String, KnownMessage> known, List<List<Long>> files) {}

    /** @param ids of the messages that are there already; those of this step are put into it */
    private int write(Transaction tx, Step step, Long[] ids) {
        requireRoom(tx, step);
        int written = 0;
        for (int i = step.from(); i < step.to(); i++) {
            var message = step.conversation().messages().get(i);
            var here = step.known().get(message.key());
            if (here != null) {
                ids[i] = here.messageId() == null ? DELETED : here.messageId();
                written += change(tx, step, i, here) ? 1 : 0;
            } else if (message.parent() >= 0 && ids[message.parent()] == DELETED) {
                ids[i] = DELETED;
            } else {
                var parent = message.parent() < 0 ? null : ids[message.parent()];
                ConversationLimits.requireRoomForVersion(tx.dao(MessageDao.class).countChildren(step.conversationId(), parent));
                ids[i] = messages.write(tx, message, step.files().get(i - step.from()),
                        new MessageIntake.Place(step.conversationId(), step.userId(), parent));
                written++;
            }
        }
        return written;
    }

    private void requireRoom(Transaction tx, Step step) {
        int newcomers = (int) step.conversation().messages().subList(step.from(), step.to()).stream()
                .filter(message -> !step.known().containsKey(message.key())).count();
        if (newcomers > 0) {
            limits.requireRoom(tx.dao(MessageDao.class).count(step.conversationId()), newcomers);
        }
    }

    /** @return whether it is here still, and its source says something else of it now */
    private static boolean hasChanged(CheckedMessage message, KnownMessage here) {
        return here.messageId() != null && !here.contentHash().equals(message.hash());
    }

    private boolean change(Transaction tx, Step step, int place, KnownMessage here) {
        var message = step.conversation().messages().get(place);
        if (!hasChanged(message, here)) {
            return false;
        }
        var dao = tx.dao(OriginDao.class);
        dao.rewrite(here.messageId(), message.in(step.conversationId(), null));
        messages.attach(tx, here.messageId(), step.userId(), step.files().get(place - step.from()));
        dao.changeMessage(step.conversationId(), message.key(), message.hash());
        return true;
    }

    private static void finish(Transaction tx, ImportTarget target, CheckedConversation conversation, Origin before,
            Map<String, KnownMessage> known, long current) {
        long id = before.conversationId();
        tx.dao(OriginDao.class).put(target.userId(), target.source(), conversation.key(), id, conversation.hash(), conversation.title(),
                target.importId(), ImportItem.UPDATED);
        var dao = tx.dao(ConversationDao.class);
        dao.find(id, target.userId()).ifPresent(now -> {
            boolean hasGoneOnHere = now.currentMessageId() != null
                    && known.values().stream().noneMatch(message -> Objects.equals(message.messageId(), now.currentMessageId()));
            if (!hasGoneOnHere && current != DELETED) {
                dao.follow(id, current);
            }
            if (before.contentHash().endsWith(CheckedConversation.setup(now.modelName(), now.systemPrompt()))) {
                tx.dao(OriginDao.class).setUp(id, conversation.modelName(), conversation.systemPrompt());
            }
            if (now.title().equals(before.title())) {
                dao.retitle(id, conversation.title(), Texts.fold(conversation.title()));
            }
            if (conversation.updatedAt().isAfter(now.updatedAt())) {
                dao.touch(id, conversation.updatedAt());
            }
        });
    }
}
