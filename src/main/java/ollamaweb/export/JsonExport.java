package ollamaweb.export;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import ollamaweb.conversations.Conversation;
import ollamaweb.files.FileContent;
import ollamaweb.files.FileDao;
import ollamaweb.files.StoredFile;

/** A conversation as the JSON document that can be imported again. */
final class JsonExport implements ExportFormat {

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
    public ConversationWriter writer(Conversation conversation, FileDao files, OutputStream out) {
        return JsonConversation.numbered(conversation, exportedAt, (file, json) -> write(file, files, json), out);
    }

    /** Ids are of this server only, so the bytes go along. */
    private static void write(StoredFile file, FileDao files, JsonGenerator json) throws IOException {
        json.writeFieldName("data");
        try (var bytes = new FileContent(files, file)) {
            json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, -1);
        }
    }
}
