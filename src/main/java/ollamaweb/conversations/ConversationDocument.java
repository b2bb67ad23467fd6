package ollamaweb.conversations;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.StreamedJson;
import ollamaweb.json.Timestamps;
import ollamaweb.messages.Message;
import ollamaweb.messages.MessageDao;
import ollamaweb.messages.MessageDao.Content;
import ollamaweb.messages.MessageDao.Head;
import ollamaweb.messages.MessageDao.Page;
import ollamaweb.messages.MessageWindow;
import ollamaweb.messages.StoredContent;

/**
 * A conversation with a page of its messages, as a client gets it. Messages are read some at a time, and the content of a
 * large one in pieces, so that it takes the same little memory whatever its size.
 */
final class ConversationDocument implements StreamedJson.Body {

    /** What the contents that are read at once may have together. */
    private static final int BATCH_BYTES = 64 * 1024;
    private static final int BATCH_MESSAGES = 64;
    private static final int PIECE_CHARACTERS = 16 * 1024;

    private final Database database;
    private final Conversation conversation;
    private final Page page;
    private Batch batch;
    private long next;
    private boolean begun;
    /** The large message that is being written, and the rest of its content; null between two messages. */
    private Head large;
    private Reader content;

    /** Messages that follow each other; without contents when the first of them is a large one. */
    private record Batch(List<Head> heads, Map<Long, String> contents) {}

    private ConversationDocument(Database database, Conversation conversation, Page page, Batch first) {
        this.database = database;
        this.conversation = conversation;
        this.page = page;
        this.batch = first;
    }

    /** @throws ollamaweb.http.ApiException 404 if the user has no such conversation */
    static ConversationDocument of(Database database, long id, long userId, MessageWindow window) {
        return database.read(tx -> {
            var conversation = tx.dao(ConversationDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
            var page = tx.dao(MessageDao.class).page(id, window.before(), window.limit());
            var first = page.first() == null ? new Batch(List.of(), Map.of()) : batch(tx, id, page.first(), page.last());
            return new ConversationDocument(database, conversation, page, first);
        });
    }

    @Override
    public boolean writeNext(JsonGenerator json) throws IOException {
        if (!begun) {
            begun = true;
            begin(json);
        }
        if (large != null) {
            writePiece(json);
            return true;
        }
        if (batch == null) {
            batch = database.read(tx -> batch(tx, conversation.id(), next, page.last()));
        }
        if (batch.heads().isEmpty()) {
            json.writeEndArray();
            json.writeEndObject();
            return false;
        }
        write(batch, json);
        batch = isLast() ? new Batch(List.of(), Map.of()) : null;
        return large != null || batch == null || writeNext(json);
    }

    private boolean isLast() {
        return next > page.last();
    }

    private void begin(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", conversation.id());
        json.writeNumberField("user_id", conversation.userId());
        json.writeStringField("title", conversation.title());
        json.writeStringField("model_name", conversation.modelName());
        json.writeStringField("system_prompt", conversation.systemPrompt());
        json.writeStringField("created_at", Timestamps.format(conversation.createdAt()));
        json.writeStringField("updated_at", Timestamps.format(conversation.updatedAt()));
        json.writeNumberField("message_count", conversation.messageCount());
        json.writeBooleanField("has_more", page.hasMore());
        json.writeArrayFieldStart("messages");
    }

    private void write(Batch messages, JsonGenerator json) throws IOException {
        var heads = messages.heads();
        next = heads.get(heads.size() - 1).id() + 1;
        if (messages.contents().isEmpty()) {
            beginLarge(heads.get(0), json);
            return;
        }
        for (var head : heads) {
            json.writePOJO(new Message(head.id(), head.conversationId(), head.role(), messages.contents().get(head.id()),
                    head.tokensUsed(), head.createdAt(), head.status()));
        }
    }

    private void beginLarge(Head head, JsonGenerator json) throws IOException {
        large = head;
        content = new InputStreamReader(new StoredContent(database.reader(MessageDao.class), head.id(), head.bytes(), 0),
                StandardCharsets.UTF_8);
        json.writeStartObject();
        json.writeNumberField("id", head.id());
        json.writeNumberField("conversation_id", head.conversationId());
        json.writeStringField("role", head.role());
        json.writeFieldName("content");
        json.writeRawValue("\"");
    }

    private void writePiece(JsonGenerator json) throws IOException {
        var piece = new char[PIECE_CHARACTERS];
        int length = content.read(piece, 0, piece.length);
        if (length >= 0) {
            var quoted = JsonStringEncoder.getInstance().quoteAsString(CharBuffer.wrap(piece, 0, length));
            json.writeRaw(quoted, 0, quoted.length);
            return;
        }
        json.writeRaw('"');
        json.writeFieldName("tokens_used");
        json.writePOJO(large.tokensUsed());
        json.writeStringField("created_at", Timestamps.format(large.createdAt()));
        json.writeStringField("status", large.status());
        json.writeEndObject();
        large = null;
        content = null;
    }

    /** @return the messages from one on that are read at once: a large one alone, as an answer in the making is too */
    private static Batch batch(Transaction tx, long conversationId, long first, long last) {
        var dao = tx.dao(MessageDao.class);
        var heads = dao.heads(conversationId, first, last, BATCH_MESSAGES);
        int count = 0;
        for (long bytes = 0; count < heads.size(); count++) {
            bytes += heads.get(count).bytes();
            if (bytes > BATCH_BYTES || heads.get(count).status().equals("streaming")) {
                break;
            }
        }
        if (count == 0) {
            return new Batch(heads.subList(0, Math.min(1, heads.size())), Map.of());
        }
        var contents = dao.contents(conversationId, heads.get(0).id(), heads.get(count - 1).id()).stream()
                .collect(Collectors.toMap(Content::id, Content::content));
        return new Batch(heads.subList(0, count), contents);
    }
}
