package ollamaweb.conversations;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ollamaweb.conversations.MessageDao.Content;
import ollamaweb.conversations.MessageDao.Head;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.StreamedJson;
import ollamaweb.json.Timestamps;

/**
 * A conversation with its messages, as clients get it. Which messages it has is read at once; their contents follow some
 * at a time while it is written, so that it takes the same little memory whatever its size.
 */
final class ConversationDocument {

    /** What the contents that are read at once may have together. */
    private static final int BATCH_BYTES = 128 * 1024;

    private final Database database;
    private final MessageDao messages;

    ConversationDocument(Database database) {
        this.database = database;
        this.messages = database.reader(MessageDao.class);
    }

    /** What is read before the first byte is written, from one state of the database. */
    private record Page(Conversation conversation, boolean hasMore, List<Head> heads, Map<Long, String> contents) {}

    /** @throws ollamaweb.http.ApiException 404 if the user has no such conversation */
    void send(Context ctx, long id, long userId, MessageWindow window) {
        var page = database.read(tx -> page(tx, id, userId, window));
        StreamedJson.send(ctx, json -> write(page, json));
    }

    private static Page page(Transaction tx, long id, long userId, MessageWindow window) {
        var conversation = tx.dao(ConversationDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
        var dao = tx.dao(MessageDao.class);
        var found = dao.heads(id, window.before(), window.limit() + 1);
        boolean hasMore = found.size() > window.limit();
        var heads = found.subList(0, Math.min(found.size(), window.limit())).stream()
                .sorted((one, other) -> Long.compare(one.id(), other.id())).toList();
        return new Page(conversation, hasMore, heads, contents(dao, heads, 0, batchEnd(heads, 0)));
    }

    private void write(Page page, JsonGenerator json) throws IOException {
        var conversation = page.conversation();
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
        writeMessages(page, json);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeMessages(Page page, JsonGenerator json) throws IOException {
        var heads = page.heads();
        var contents = page.contents();
        for (int from = 0; from < heads.size(); ) {
            int to = batchEnd(heads, from);
            for (var head : heads.subList(from, to)) {
                write(head, contents.get(head.id()), json);
            }
            if (to == from) {
                write(heads.get(to++), json);
            }
            from = to;
            contents = contents(messages, heads, from, batchEnd(heads, from));
        }
    }

    /** @param content null if the message was deleted meanwhile; then it is left out */
    private static void write(Head head, String content, JsonGenerator json) throws IOException {
        if (content != null) {
            json.writePOJO(new Message(head.id(), head.conversationId(), head.role(), content, head.tokensUsed(),
                    head.createdAt(), head.status()));
        }
    }

    /** A large message, its content in the middle. */
    private void write(Head head, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", head.id());
        json.writeNumberField("conversation_id", head.conversationId());
        json.writeStringField("role", head.role());
        json.writeFieldName("content");
        json.writeString(new InputStreamReader(new StoredContent(messages, head.id(), head.bytes(), 0), StandardCharsets.UTF_8), -1);
        json.writeFieldName("tokens_used");
        json.writePOJO(head.tokensUsed());
        json.writeStringField("created_at", Timestamps.format(head.createdAt()));
        json.writeStringField("status", head.status());
        json.writeEndObject();
    }

    private static Map<Long, String> contents(MessageDao dao, List<Head> heads, int from, int to) {
        return from == to ? Map.of() : dao.contents(heads.get(from).conversationId(), heads.get(from).id(), heads.get(to - 1).id())
                .stream().collect(Collectors.toMap(Content::id, Content::content));
    }

    /** @return the end of the messages from one on whose contents are read at once; {@code from} if it is too large for that */
    private static int batchEnd(List<Head> heads, int from) {
        int to = from;
        for (long bytes = 0; to < heads.size(); to++) {
            bytes += heads.get(to).bytes();
            if (bytes > BATCH_BYTES || heads.get(to).status().equals("streaming")) {
                break;
            }
        }
        return to;
    }
}
