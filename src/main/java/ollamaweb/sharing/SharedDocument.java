package ollamaweb.sharing;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.http.StreamedJson;
import ollamaweb.json.Timestamps;
import ollamaweb.messages.Message;
import ollamaweb.messages.MessageDao;

/** What a link leads to, as JSON: nothing in it tells whose it is, nor where it is kept. */
final class SharedDocument implements StreamedJson.Body {

    private static final int PART_CHARACTERS = 32 * 1024;

    private final Database database;
    private final SharedConversation shared;
    private final Iterator<Long> ids;
    private boolean begun;

    SharedDocument(Database database, SharedConversation shared, List<Long> ids) {
        this.database = database;
        this.shared = shared;
        this.ids = ids.iterator();
    }

    @Override
    public boolean writeNext(JsonGenerator json) throws IOException {
        if (!begun) {
            begun = true;
            begin(json);
        }
        for (int characters = 0; ids.hasNext() && characters < PART_CHARACTERS;) {
            long id = ids.next();
            var message = database.read(tx -> tx.dao(MessageDao.class).findWhole(id, shared.userId()));
            if (message.isPresent()) {
                write(message.get(), json);
                characters += message.get().content().length();
            }
        }
        if (ids.hasNext()) {
            return true;
        }
        json.writeEndArray();
        json.writeEndObject();
        return false;
    }

    private void begin(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", shared.title());
        json.writeStringField("model_name", shared.modelName());
        json.writeBooleanField("live", shared.live());
        json.writeStringField("shared_at", Timestamps.format(shared.createdAt()));
        json.writeArrayFieldStart("messages");
    }

    private static void write(Message message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", message.role());
        json.writeStringField("model_name", message.modelName());
        json.writeStringField("status", message.status());
        json.writeStringField("created_at", Timestamps.format(message.createdAt()));
        json.writeStringField("thinking", message.thinking());
        json.writeStringField("content", message.content());
        json.writeEndObject();
    }
}
