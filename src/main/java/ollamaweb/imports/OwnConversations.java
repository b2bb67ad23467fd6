package ollamaweb.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import ollamaweb.db.Database;
import ollamaweb.imports.OriginDao.Origin;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.ollamaweb.ExportManifest;

/** Finds conversations that never left: those in an export of the very account into which it is brought. */
final class OwnConversations {

    private static final int MESSAGES_A_STEP = 500;

    private final Database database;
    private final LongFunction<String> origins;

    /** @param origins tells by what exports of an account are known */
    OwnConversations(Database database, LongFunction<String> origins) {
        this.database = database;
        this.origins = origins;
    }

    /**
     * One of which all messages are here still is as it was, and nothing is written. Where some are not here (any more), it is noted
     * which are, so that only the others are added.
     *
     * @return the conversation as if it had come from there; empty if it is not here, or another one by the same id
     */
    Optional<Origin> find(ImportTarget target, SourceConversation given, CheckedConversation conversation) {
        var origin = origins.apply(target.userId());
        var id = ExportManifest.id(origin, given.id());
        var found = id.flatMap(own -> here(target.userId(), own, given));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var here = messages(origin, id.get());
        boolean hasAll = conversation.messages().stream().allMatch(message -> here.containsKey(message.key()));
        if (!hasAll && !target.dryRun()) {
            note(id.get(), conversation, here);
        }
        return Optional.of(new Origin(id.get(), hasAll ? conversation.hash() : "", conversation.title(), 0, ImportItem.UNCHANGED,
                found.get().trashed()));
    }

    /** After an older backup was restored the same id may be that of another conversation. */
    private Optional<OriginDao.Own> here(long userId, long id, SourceConversation given) {
        return database.read(tx -> tx.dao(OriginDao.class).findOwn(id, userId)).filter(own -> own.createdAt().equals(given.createdAt()));
    }

    private Map<String, Long> messages(String origin, long id) {
        var here = new HashMap<String, Long>();
        for (long message : database.read(tx -> tx.dao(OriginDao.class).ownMessages(id))) {
            here.put(new ContentHash().text(ExportManifest.key(origin, message)).end(), message);
        }
        return here;
    }

    private void note(long id, CheckedConversation conversation, Map<String, Long> here) {
        var messages = conversation.messages().stream().filter(message -> here.containsKey(message.key())).toList();
        for (int from = 0; from < messages.size(); from += MESSAGES_A_STEP) {
            var some = messages.subList(from, Math.min(messages.size(), from + MESSAGES_A_STEP));
            database.step(tx -> {
                some.forEach(message -> tx.dao(OriginDao.class).addOwn(id, message.key(), here.get(message.key()), message.hash()));
                return null;
            });
        }
    }
}
