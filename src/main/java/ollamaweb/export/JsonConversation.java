package ollamaweb.export;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.StoredFile;
import ollamaweb.json.Json;
import ollamaweb.json.Timestamps;
import ollamaweb.messages.Message;

/** Writes the JSON document of a conversation. */
public final class JsonConversation implements ConversationWriter {

    private static final String VERSION = "1.0";

    private final Conversation conversation;
    private final Instant exportedAt;
    private final boolean numbered;
    private final FileBytes bytes;
    private final JsonGenerator json;
    private final List<Long> ids = new ArrayList<>();

    /** Tells where the bytes of a file are. */
    @FunctionalInterface
    public interface FileBytes {

        /** Writes a field, or some, of the file's object. */
        void write(StoredFile file, JsonGenerator json) throws IOException;
    }

    private JsonConversation(Conversation conversation, Instant exportedAt, boolean numbered, FileBytes bytes, OutputStream out) {
        this.conversation = conversation;
        this.exportedAt = exportedAt;
        this.numbered = numbered;
        this.bytes = bytes;
        try {
            this.json = Json.MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document by itself: in it the messages are counted from 1, since ids are of this server only. */
    static JsonConversation numbered(Conversation conversation, Instant exportedAt, FileBytes bytes, OutputStream out) {
        return new JsonConversation(conversation, exportedAt, true, bytes, out);
    }

    /** A document among others of the account, which name its messages by their ids. */
    public static JsonConversation withIds(Conversation conversation, Instant exportedAt, FileBytes bytes, OutputStream out) {
        return new JsonConversation(conversation, exportedAt, false, bytes, out);
    }

    @Override
    public void begin() throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", conversation.id());
        json.writeStringField("title", conversation.title());
        json.writeStringField("model_name", conversation.modelName());
        json.writeStringField("system_prompt", conversation.systemPrompt());
        json.writeStringField("created_at", Timestamps.format(conversation.createdAt()));
        json.writeStringField("updated_at", Timestamps.format(conversation.updatedAt()));
        json.writeArrayFieldStart("messages");
    }

    @Override
    public boolean write(Message message, List<StoredFile> files) throws IOException {
        if (message.parentId() != null && place(message.parentId()) < 0) {
            return false;
        }
        ids.add(message.id());
        json.writeStartObject();
        json.writeStringField("role", message.role());
        json.writeStringField("content", message.content());
        json.writeFieldName("tokens_used");
        json.writeObject(message.tokensUsed());
        json.writeStringField("created_at", Timestamps.format(message.createdAt()));
        json.writeObjectField("id", name(message.id()));
        json.writeObjectField("parent_id", name(message.parentId()));
        writeIfKnown("model_name", message.modelName());
        writeIfKnown("thinking", message.thinking());
        writeIfKnown("tool_name", message.toolName());
        if (message.toolCalls() != null) {
            json.writeFieldName("tool_calls");
            json.writeRawValue(message.toolCalls());
        }
        writeIfKnown("prompt_tokens", message.promptTokens());
        writeIfKnown("duration_ms", message.durationMs());
        writeIfKnown("status", statusUnlessComplete(message));
        writeIfKnown("error", message.error());
        writeIfKnown("done_reason", message.doneReason());
        writeIfKnown("reaction", message.reaction());
        writeIfKnown("favorite", message.favorite() ? true : null);
        if (!files.isEmpty()) {
            json.writeArrayFieldStart("files");
            for (var file : files) {
                write(file);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        return true;
    }

    @Override
    public void end() throws IOException {
        json.writeEndArray();
        json.writeStringField("export_version", VERSION);
        json.writeStringField("exported_at", Timestamps.format(exportedAt));
        json.writeObjectField("current_message_id", name(conversation.currentMessageId()));
        writeIfKnown("pinned", conversation.pinned() ? true : null);
        writeIfKnown("archived", conversation.archived() ? true : null);
        writeIfKnown("tags", conversation.tagList().isEmpty() ? null : conversation.tagList());
        json.writeEndObject();
        json.close();
    }

    /** An answer in the making goes out as one that was broken off where it was. */
    private static String statusUnlessComplete(Message message) {
        return switch (message.status()) {
            case "complete" -> null;
            case "streaming" -> "interrupted";
            default -> message.status();
        };
    }

    private void write(StoredFile file) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", file.name());
        json.writeStringField("media_type", file.mediaType());
        json.writeNumberField("size", file.size());
        json.writeStringField("sha256", file.sha256());
        bytes.write(file, json);
        json.writeEndObject();
    }

    /** @return what stands for the message in the document; null where it is not in it */
    private Long name(Long id) {
        int place = id == null ? -1 : place(id);
        return place < 0 ? null : numbered ? Long.valueOf(place + 1) : id;
    }

    private int place(long id) {
        return Collections.binarySearch(ids, id);
    }

    private void writeIfKnown(String field, Object value) throws IOException {
        if (value != null) {
            json.writeObjectField(field, value);
        }
    }
}
