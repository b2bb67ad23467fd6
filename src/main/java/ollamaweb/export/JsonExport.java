package ollamaweb.export;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import ollamaweb.conversations.Conversation;
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
    public void write(Conversation conversation, Iterable<Message> messages, OutputStream out) throws IOException {
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
        for (var message : messages) {
            write(message, json);
        }
        json.writeEndArray();
        json.writeStringField("export_version", VERSION);
        json.writeStringField("exported_at", Timestamps.format(exportedAt));
        json.writeEndObject();
        json.close();
    }

    private static void write(Message message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", message.role());
        json.writeStringField("content", message.content());
        json.writeFieldName("tokens_used");
        json.writeObject(message.tokensUsed());
        json.writeStringField("created_at", Timestamps.format(message.createdAt()));
        json.writeEndObject();
    }
}
