package ollamaweb.imports;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import ollamaweb.conversations.ConversationLimits;
import ollamaweb.conversations.TrashDao;
import ollamaweb.db.Database;
import ollamaweb.files.FileStore;
import ollamaweb.http.ApiException;
import ollamaweb.imports.OriginDao.Origin;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.json.Excerpt;
import ollamaweb.json.Texts;

/** Takes conversations in, each once: one that came before is compared, and changed where its source has changed. */
final class ConversationIntake {

    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;
    private static final int MAX_DETAIL = 2000;
    private static final int MAX_TITLE = 200;
    private static final int MOST_ALIKE = 1000;

    private final Database database;
    private final ConversationLimits limits;
    private final NewConversation newcomers;
    private final ChangedConversation changes;
    private final OwnConversations own;
    private final Clock clock;

    /** @param origins tells by what exports of an account are known */
    ConversationIntake(Database database, FileStore files, ConversationLimits limits, LongFunction<String> origins, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
        var messages = new MessageIntake(files, clock);
        this.newcomers = new NewConversation(database, messages);
        this.changes = new ChangedConversation(database, messages, limits);
        this.own = new OwnConversations(database, origins);
    }

    /** What was written of a conversation. */
    record Written(long conversationId, int messages, List<String> notes) {}

    /**
     * @return what became of it, without its place
     * @throws ApiException 401 if the account was deleted meanwhile, 503 if the server cannot write now
     */
    ImportItem take(ImportTarget target, SourceConversation given) {
        var title = given.title();
        try {
            var conversation = CheckedConversation.of(given, target.source(), limits, clock.instant());
            title = conversation.title();
            return take(target, given, conversation);
        } catch (UnfitException e) {
            return failed(title, e.getMessage());
        } catch (ApiException e) {
            if (isOfTheServer(e)) {
                throw e;
            }
            return failed(title, e.getMessage() + ".");
        }
    }

    /** @return whether it is nothing about what is brought in */
    static boolean isOfTheServer(ApiException e) {
        return e.status() == UNAUTHORIZED || e.status() == UNAVAILABLE;
    }

    /** @return the line of a report that says why something is not brought in */
    static ImportItem failed(String title, String detail) {
        return new ImportItem(0, title(title), ImportItem.FAILED, 0, detail(detail), null);
    }

    /** @return as it stands in a report */
    static String title(String given) {
        var line = given == null ? "" : Texts.keepable(given).replaceAll("\\p{Cc}+", " ").strip();
        return line.isEmpty() ? "Untitled" : Excerpt.cut(line, MAX_TITLE - 1);
    }

    /** @return as it stands in a report */
    static String detail(String given) {
        return Excerpt.cut(Texts.keepable(given), MAX_DETAIL);
    }

    private ImportItem take(ImportTarget target, SourceConversation given, CheckedConversation checked) {
        var conversation = given.id() == null ? underOwnKey(target, checked) : checked;
        var before = before(target, conversation).or(() -> own.find(target, given, conversation));
        if (before.isEmpty()) {
            return target.dryRun()
                    ? told(conversation, ImportItem.IMPORTED, new Written(0, conversation.messages().size(), List.of()), true)
                    : told(conversation, ImportItem.IMPORTED, newcomers.write(target, conversation), false);
        }
        return before.get().trashed()
                ? fromTrash(target, conversation, before.get())
                : again(target, conversation, before.get());
    }

    /** Whoever brings in what was thrown away wants it back, and not twice when it is restored later. */
    private ImportItem fromTrash(ImportTarget target, CheckedConversation conversation, Origin before) {
        if (!target.dryRun()) {
            database.write(target.userId(), tx -> tx.dao(TrashDao.class).restore(before.conversationId(), target.userId()));
        }
        var item = again(target, conversation, before);
        var detail = (item.detail() == null ? "" : item.detail() + " ") + "It was in the trash, and is back.";
        var result = item.result().equals(ImportItem.UNCHANGED) ? ImportItem.UPDATED : item.result();
        return new ImportItem(0, item.title(), result, item.messages(), detail(detail), item.conversationId());
    }

    private Optional<Origin> before(ImportTarget target, CheckedConversation conversation) {
        return database.read(tx -> tx.dao(OriginDao.class).find(target.userId(), target.source(), conversation.key()));
    }

    /** What its source gives no id is known by how it begins, and others may begin alike. */
    private CheckedConversation underOwnKey(ImportTarget target, CheckedConversation conversation) {
        var own = conversation;
        for (int i = 0; i < MOST_ALIKE; i++) {
            var before = before(target, own);
            if (before.isEmpty() || !changes.isAnother(own, before.get())) {
                return own;
            }
            own = own.another();
        }
        throw new UnfitException("More than " + MOST_ALIKE + " others without an id begin like it.");
    }

    private ImportItem again(ImportTarget target, CheckedConversation conversation, Origin before) {
        boolean isSame = before.contentHash().equals(conversation.hash());
        if (isSame && before.importId() == target.importId()) { // this import was broken off before it could tell that
            var written = new Written(before.conversationId(), conversation.messages().size(), List.of());
            return told(conversation, before.result(), written, target.dryRun());
        }
        if (isSame) {
            return told(conversation, ImportItem.UNCHANGED, new Written(before.conversationId(), 0, List.of()), false);
        }
        var written = target.dryRun()
                ? new Written(before.conversationId(), changes.count(conversation, before), List.of())
                : changes.write(target, conversation, before);
        return told(conversation, ImportItem.UPDATED, written, false);
    }

    private static ImportItem told(CheckedConversation conversation, String result, Written written, boolean isNowhere) {
        var notes = new ArrayList<>(conversation.notes());
        notes.addAll(written.notes());
        return new ImportItem(0, conversation.title(), result, written.messages(),
                notes.isEmpty() ? null : Excerpt.cut(String.join(" ", notes), MAX_DETAIL), isNowhere ? null : written.conversationId());
    }
}
