package ollamaweb.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ollamaweb.db.Database;
import ollamaweb.db.Transaction;
import ollamaweb.files.FileDao;
import ollamaweb.json.Timestamps;

/**
 * Messages as a client gets them, in a JSON array. They are read some at a time, and the texts of a large one in pieces, so
 * that they take the same little memory whatever their size.
 */
public final class MessageArray {

    /** What the texts that are written at once may have together. */
    private static final int BATCH_BYTES = 64 * 1024;
    private static final int PIECE_CHARACTERS = 16 * 1024;

    private final Database database;
    private final MessageSource source;
    private List<MessageHead> next;
    private Long written;
    /** The large message that is being written, and what is left of the text at which it is; null between two messages. */
    private MessageHead large;
    private Reader text;
    private boolean isThinking;

    /** @param tx of which the first messages are read */
    public MessageArray(Database database, Transaction tx, MessageSource source) {
        this.database = database;
        this.source = source;
        this.next = source.after(tx, null);
    }

    /**
     * Writes the next messages, or a piece of one, into the array that was begun.
     *
     * @return whether there is more to write
     */
    public boolean writeNext(JsonGenerator json) throws IOException {
        if (large != null) {
            writePiece(json);
            return large != null || !source.isLast(written);
        }
        if (next == null) {
            next = database.read(tx -> source.after(tx, written));
        }
        if (next.isEmpty()) {
            return false;
        }
        write(next, json);
        next = null;
        return large != null || !source.isLast(written);
    }

    /** Writes as many of the messages as go at once; those left over are read again. */
    private void write(List<MessageHead> heads, JsonGenerator json) throws IOException {
        long bytes = 0;
        for (var head : heads) {
            bytes += head.isLarge() ? BATCH_BYTES : head.bytes();
            if (bytes > BATCH_BYTES && head.id() != heads.get(0).id() || large != null) {
                return;
            }
            writeHead(head, json);
            written = head.id();
            if (head.isLarge()) {
                large = head;
                begin(json, head.thinkingBytes() > 0);
            } else {
                json.writeStringField("thinking", head.thinking());
                json.writeStringField("content", head.content());
                json.writeEndObject();
            }
        }
    }

    private void writeHead(MessageHead head, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", head.id());
        json.writeNumberField("conversation_id", head.conversationId());
        json.writeObjectField("parent_id", head.parentId());
        json.writeStringField("role", head.role());
        json.writeStringField("status", head.status());
        json.writeStringField("model_name", head.modelName());
        json.writeNumberField("author_id", head.authorId());
        json.writeObjectField("tokens_used", head.tokensUsed());
        json.writeObjectField("prompt_tokens", head.promptTokens());
        json.writeObjectField("duration_ms", head.durationMs());
        json.writeBooleanField("favorite", head.favorite());
        json.writeStringField("reaction", head.reaction());
        json.writeStringField("created_at", Timestamps.format(head.createdAt()));
        json.writeFieldName("versions");
        json.writeRawValue("[" + (head.versions() == null ? "" : head.versions()) + "]");
        json.writeArrayFieldStart("files");
        if (head.hasFiles()) {
            for (var file : database.reader(FileDao.class).listOfMessage(head.id())) {
                json.writeObject(MessageFile.of(file));
            }
        }
        json.writeEndArray();
        if (head.toolName() != null) {
            json.writeStringField("tool_name", head.toolName());
        }
        if (head.toolCalls() != null) {
            json.writeFieldName("tool_calls");
            json.writeRawValue(head.toolCalls());
        }
    }

    private void begin(JsonGenerator json, boolean withThinking) throws IOException {
        isThinking = withThinking;
        if (!withThinking && large.thinkingBytes() == 0) {
            json.writeNullField("thinking");
        }
        var dao = database.reader(MessageDao.class);
        var stored = withThinking
                ? new StoredContent(dao::thinkingPiece, large.id(), large.thinkingBytes(), 0)
                : new StoredContent(dao, large.id(), large.contentBytes(), 0);
        text = new InputStreamReader(stored, StandardCharsets.UTF_8);
        json.writeFieldName(withThinking ? "thinking" : "content");
        json.writeRawValue("\"");
    }

    private void writePiece(JsonGenerator json) throws IOException {
        var piece = new char[PIECE_CHARACTERS];
        int length = text.read(piece, 0, piece.length);
        if (length >= 0) {
            var quoted = JsonStringEncoder.getInstance().quoteAsString(CharBuffer.wrap(piece, 0, length));
            json.writeRaw(quoted, 0, quoted.length);
            return;
        }
        json.writeRaw('"');
        if (isThinking) {
            begin(json, false);
            return;
        }
        json.writeEndObject();
        large = null;
        text = null;
    }
}
