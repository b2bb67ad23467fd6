package ollamaweb.export;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.FileContent;
import ollamaweb.files.FileDao;
import ollamaweb.files.StoredFile;
import ollamaweb.json.Json;
import ollamaweb.json.Timestamps;
import ollamaweb.messages.Message;

/** A conversation as the JSON document that can be imported again. */
final class JsonExport implements ExportFormat {

    private static final String VERSION = "1.0";

    private final Instant exportedAt;

    JsonExport(Instant exportedAt) {
        this.exportedAt = exportedAt;
    }

    @Override
    public String extension() {
        return "json";
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public boolean hasWholeTree() {
        return true;
    }

    @Override
    public void write(Conversation conversation, Iterable<Message> messages, FileDao files, OutputStream out) throws IOException {
        var json = Json.MAPPER.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeNumberField("id", conversation.id());
        json.writeStringField("title", conversation.title());
        json.writeStringField("model_name", conversation.modelName());
        json.writeStringField("system_prompt", conversation.systemPrompt());
        json.writeStringField("created_at", Timestamps.format(conversation.createdAt()));
        json.writeStringField("updated_at", Timestamps.format(conversation.updatedAt()));
        json.writeArrayFieldStart("messages");
        var ids = new ArrayList<Long>();
        for (var message : messages) {
            ids.add(message.id());
            write(message, ids, files, json);
        }
        json.writeEndArray();
        json.writeStringField("export_version", VERSION);
        json.writeStringField("exported_at", Timestamps.format(exportedAt));
        json.writeObjectField("current_message_id", number(conversation.currentMessageId(), ids));
        writeIfKnown("pinned", conversation.pinned() ? true : null, json);
        writeIfKnown("archived", conversation.archived() ? true : null, json);
        writeIfKnown("tags", conversation.tagList().isEmpty() ? null : conversation.tagList(), json);
        json.writeEndObject();
        json.close();
    }

    /** Ids are of this server only: in the document the messages are counted from 1. */
    private static Integer number(Long id, List<Long> ids) {
        int place = id == null ? -1 : Collections.binarySearch(ids, id);
        return place < 0 ? null : Integer.valueOf(place + 1);
    }

    private static void write(Message message, List<Long> ids, FileDao files, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", message.role());
        json.writeStringField("content", message.content());
        json.writeFieldName("tokens_used");
        json.writeObject(message.tokensUsed());
        json.writeStringField("created_at", Timestamps.format(message.createdAt()));
        json.writeNumberField("id", ids.size());
        json.writeObjectField("parent_id", number(message.parentId(), ids));
        writeIfKnown("model_name", message.modelName(), json);
        writeIfKnown("thinking", message.thinking(), json);
        writeIfKnown("tool_name", message.toolName(), json);
        if (message.toolCalls() != null) {
            json.writeFieldName("tool_calls");
            json.writeRawValue(message.toolCalls());
        }
        writeIfKnown("prompt_tokens", message.promptTokens(), json);
        writeIfKnown("duration_ms", message.durationMs(), json);
        writeIfKnown("reaction", message.reaction(), json);
        writeIfKnown("favorite", message.favorite() ? true : null, json);
        if (message.hasFiles()) {
            json.writeArrayFieldStart("files");
            for (var file : files.listOfMessage(message.id())) {
                write(file, files, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Ids are of this server only, so the bytes go along. */
    private static void write(StoredFile file, FileDao files, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", file.name());
        json.writeStringField("media_type", file.mediaType());
        json.writeNumberField("size", file.size());
        json.writeStringField("sha256", file.sha256());
        json.writeFieldName("data");
        try (var bytes = new FileContent(files, file)) {
            json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, -1);
        }
        json.writeEndObject();
    }

    private static void writeIfKnown(String field, Object value, JsonGenerator json) throws IOException {
        if (value != null) {
            json.writeObjectField(field, value);
        }
    }
}
