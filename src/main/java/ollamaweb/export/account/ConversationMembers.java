package ollamaweb.export.account;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import ollamaweb.conversations.Conversation;
import ollamaweb.conversations.ConversationDao;
import ollamaweb.db.Database;
import ollamaweb.export.JsonConversation;
import ollamaweb.export.MarkdownConversation;
import ollamaweb.export.zip.ZipContents;
import ollamaweb.export.zip.ZipMember;
import ollamaweb.files.StoredFile;

/** Each conversation of an account as JSON and as Markdown. */
final class ConversationMembers implements ZipContents {

    private static final int IDS_AT_ONCE = 10_000;

    private final Database database;
    private final long userId;
    private final Instant exportedAt;
    private final Queue<Long> ids = new ArrayDeque<>();
    private final Map<String, StoredFile> filesOfOthers = new LinkedHashMap<>();
    private long last;
    private ZipMember markdown;
    private long conversations;
    private long messages;

    ConversationMembers(Database database, long userId, Instant exportedAt) {
        this.database = database;
        this.userId = userId;
        this.exportedAt = exportedAt;
    }

    /** @return how many conversations were written */
    long conversations() {
        return conversations;
    }

    /** @return how many messages these have */
    long messages() {
        return messages;
    }

    /** @return what others have sent in the conversations that were written, by hash; those of the account are not among it */
    Map<String, StoredFile> filesOfOthers() {
        return filesOfOthers;
    }

    @Override
    public ZipMember next() {
        if (markdown != null) {
            var member = markdown;
            markdown = null;
            return member;
        }
        for (var id = nextId(); id != null; id = nextId()) {
            long conversationId = id;
            var conversation = database.read(tx -> tx.dao(ConversationDao.class).find(conversationId, userId));
            if (conversation.isPresent()) { // or else it was deleted meanwhile
                return json(conversation.get());
            }
        }
        return null;
    }

    private ZipMember json(Conversation conversation) {
        var name = FileNames.of(conversation);
        conversations++;
        markdown = ConversationMember.ofPath(name + ".md", conversation, database,
                out -> new MarkdownConversation(conversation, file -> "../" + FileNames.of(file), out));
        return ConversationMember.ofTree(name + ".json", conversation, database,
                out -> JsonConversation.withIds(conversation, exportedAt,
                        this::writePath, out),
                count -> messages += count);
    }

    private void writePath(StoredFile file, JsonGenerator json) throws IOException {
        json.writeStringField("path", FileNames.of(file));
        if (database.read(tx -> tx.dao(AccountDao.class).isOfAnother(file.id(), userId))) {
            filesOfOthers.putIfAbsent(file.sha256(), file);
        }
    }

    private Long nextId() {
        if (ids.isEmpty()) {
            ids.addAll(database.read(tx -> tx.dao(AccountDao.class).conversations(userId, last, IDS_AT_ONCE)));
        }
        var id = ids.poll();
        last = id == null ? last : id;
        return id;
    }
}
