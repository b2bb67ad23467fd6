package ollamaweb.conversations;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.StreamedJson;
import ollamaweb.json.Timestamps;
import ollamaweb.messages.MessageArray;
import ollamaweb.messages.MessagePath;
import ollamaweb.messages.MessageSource;
import ollamaweb.messages.MessageWindow;

/** A conversation with a page of its messages, or with all, as a client gets it. */
final class ConversationDocument implements StreamedJson.Body {

    private final Conversation conversation;
    private final boolean hasMore;
    private final MessageArray messages;
    private boolean begun;

    private ConversationDocument(Conversation conversation, boolean hasMore, MessageArray messages) {
        this.conversation = conversation;
        this.hasMore = hasMore;
        this.messages = messages;
    }

    /**
     * The messages of the current path.
     *
     * @throws ollamaweb.http.ApiException 404 if the user has no such conversation
     */
    static ConversationDocument of(Database database, long id, long userId, MessageWindow window) {
        return database.read(tx -> {
            var conversation = tx.dao(ConversationDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
            return ofPath(database, tx, conversation, userId, window);
        });
    }

    /**
     * As {@link #of}, of a conversation in the trash.
     *
     * @throws ollamaweb.http.ApiException 404 if there is no such conversation in the user's trash
     */
    static ConversationDocument ofTrashed(Database database, long id, long userId, MessageWindow window) {
        return database.read(tx -> {
            var conversation = tx.dao(TrashDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
            return ofPath(database, tx, conversation, userId, window);
        });
    }

    private static ConversationDocument ofPath(Database database, Transaction tx, Conversation conversation, long userId,
            MessageWindow window) {
        var last = window.last(tx, conversation.id(), conversation.currentMessageId());
        var path = MessagePath.to(tx, last, window.limit(), userId);
        return new ConversationDocument(conversation, path.hasMore(), new MessageArray(database, tx, path));
    }

    /**
     * All messages, on whatever path.
     *
     * @throws ollamaweb.http.ApiException 404 if the user has no such conversation
     */
    static ConversationDocument ofTree(Database database, long id, long userId) {
        return database.read(tx -> {
            var conversation = tx.dao(ConversationDao.class).find(id, userId).orElseThrow(ConversationRoutes::notFound);
            return new ConversationDocument(conversation, false, new MessageArray(database, tx, MessageSource.ofTree(id, userId)));
        });
    }

    @Override
    public boolean writeNext(JsonGenerator json) throws IOException {
        if (!begun) {
            begun = true;
            begin(json);
        }
        if (messages.writeNext(json)) {
            return true;
        }
        json.writeEndArray();
        json.writeEndObject();
        return false;
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
        json.writeObjectField("current_message_id", conversation.currentMessageId());
        json.writeBooleanField("pinned", conversation.pinned());
        json.writeBooleanField("archived", conversation.archived());
        json.writeFieldName("tags");
        json.writeRawValue(conversation.tags());
        json.writeStringField("role", conversation.role().text());
        if (conversation.trashedAt() != null) {
            json.writeStringField("trashed_at", Timestamps.format(conversation.trashedAt()));
        }
        json.writeBooleanField("has_more", hasMore);
        json.writeArrayFieldStart("messages");
    }
}
