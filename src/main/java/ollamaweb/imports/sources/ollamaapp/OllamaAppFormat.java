package ollamaweb.imports.sources.ollamaapp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.SourceContainer;
import ollamaweb.imports.sources.SourceFormat;
import ollamaweb.imports.sources.UnreadableException;

/** The SQLite file in which Ollama's own app for desktops keeps its chats, {@code db.sqlite}. */
public final class OllamaAppFormat implements SourceFormat {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "ollama-app";
    }

    @Override
    public boolean recognizes(SourceContainer file) throws IOException {
        if (file.isZip()) {
            return false;
        }
        try (var in = file.open()) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                return false;
            }
        }
        try (var database = ReadOnlyDatabase.open(file.path())) {
            return database.has("chats", "id") && database.has("messages", "id", "chat_id", "role", "content");
        } catch (SQLException e) {
            return false; // damaged, or of another program
        }
    }

    @Override
    public void read(SourceContainer file, ConversationSink sink) throws IOException {
        try (var database = ReadOnlyDatabase.open(file.path())) {
            new OllamaAppChats(database, sink).read();
        } catch (SQLException e) {
            throw new UnreadableException("The database is damaged: " + e.getMessage());
        }
    }
}
