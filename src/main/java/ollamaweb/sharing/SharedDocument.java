package ollamaweb.sharing;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.http.StreamedJson;
import ollamaweb.json.Timestamps;
import ollamaweb.messages.Message;
import ollamaweb.messages.MessageDao;

/** What a link leads to, as JSON: nothing in it tells whose it is, nor where it is kept. */
final class SharedDocument implements StreamedJson.Body {

    private static final int PART_CHARACTERS = 32 * 1024;

    /** @param end the place of the first message that is left */
    private record Part(List<Message> messages, int end) {}

    private final Database database;
    private final SharedConversation shared;
    private final List<Long> ids;
    private int at;
    private boolean begun;

    SharedDocument(Database database, SharedConversation shared, List<Long> ids) {
        this.database = database;
        this.shared = shared;
        this.ids = ids;
    }

    @Override
    public boolean writeNext(JsonGenerator json) throws IOException {
        if (!begun) {
            begun = true;
            begin(json);
        }
        var part = database.read(this::next);
        for (var message : part.messages()) {
            write(message, json);
        }
        at = part.end();
        if (at < ids.size()) {
            return true;
        }
        json.writeEndArray();
        json.writeEndObject();
        return false;
    }

    /** @return the next messages, as many as go at once; of those that are deleted meanwhile, none */
    private Part next(Transaction tx) {
        var dao = tx.dao(MessageDao.class);
        var messages = new ArrayList<Message>();
        int end = at;
        for (int characters = 0; end < ids.size() && characters < PART_CHARACTERS; end++) {
            var message = dao.findWhole(ids.get(end), shared.userId());
            message.ifPresent(messages::add);
            characters += message.map(found -> found.content().length()).orElse(0);
        }
        return new Part(messages, end);
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
