package ollamaweb.imports.sources.ollamaapp;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.imports.sources.ConversationFeed;
import ollamaweb.imports.sources.ConversationSink;
import ollamaweb.imports.sources.JsonTreeReader;
import ollamaweb.imports.sources.Loss;
import ollamaweb.imports.sources.Losses;
import ollamaweb.imports.sources.MessageBuilder;
import ollamaweb.imports.sources.Role;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceMessage;
import ollamaweb.imports.sources.Times;
import ollamaweb.imports.sources.ToolCalls;
import ollamaweb.imports.sources.UnreadableException;

/** The chats of Ollama's app, each a list of messages without branches. */
final class OllamaAppChats {

    private static final String LOG_NOTE = "What was written last may be missing: it is in db.sqlite-wal until Ollama's app is closed.";

    private final ReadOnlyDatabase database;
    private final ConversationFeed feed;

    OllamaAppChats(ReadOnlyDatabase database, ConversationSink sink) {
        this.database = database;
        this.feed = new ConversationFeed(sink, null, null);
    }

    void read() throws SQLException, IOException {
        requireFewRows();
        var messages = ReadOnlyDatabase.select(database.columns("messages"),
                List.of("role", "content", "thinking", "model_name", "created_at", "tool_result"));
        var chats = ReadOnlyDatabase.select(database.columns("chats"), List.of("title", "created_at"));
        var newest = database.hasLog() ? newestChat() : null;
        if (database.hasLog() && newest == null) {
            feed.fail("db.sqlite", "There is no chat in it. " + LOG_NOTE);
        }
        // Only numbers are sorted; the texts are read row by row.
        try (var places = database.connection().createStatement();
                var rows = places.executeQuery("""
                        SELECT m.place, CAST(m.chat_id AS TEXT), c.rowid
                          FROM (SELECT rowid AS place, chat_id, id FROM messages LIMIT 2000000) m
                          LEFT JOIN chats c ON c.id = m.chat_id
                         WHERE octet_length(m.chat_id) < 1000
                         ORDER BY m.chat_id, m.id, m.place""");
                var message = database.connection().prepareStatement("SELECT " + messages + " FROM messages WHERE rowid = ?");
                var chat = database.connection().prepareStatement("SELECT " + chats + " FROM chats WHERE rowid = ?");
                var parts = new MessageParts(database)) {
            Chat current = null;
            while (!feed.hasEnded() && rows.next()) {
                var id = rows.getString(2);
                if (current == null || !current.id.equals(id)) {
                    tell(current);
                    current = new Chat(id);
                    current.describe(chat, rows.getLong(3));
                    if (id.equals(newest)) {
                        current.notes.add(LOG_NOTE);
                    }
                }
                current.add(message, rows.getLong(1), parts);
            }
            tell(current);
            tellOfEmptyOnes(chat);
        }
    }

    private void tellOfEmptyOnes(PreparedStatement chat) throws SQLException, IOException {
        try (var empty = database.connection().createStatement();
                var rows = empty.executeQuery("""
                        SELECT rowid, CAST(id AS TEXT)
                          FROM chats
                         WHERE octet_length(id) < 1000 AND id NOT IN (SELECT chat_id FROM messages WHERE chat_id IS NOT NULL)
                         ORDER BY rowid
                         LIMIT 10000""")) {
            while (!feed.hasEnded() && rows.next()) {
                var found = new Chat(rows.getString(2));
                found.describe(chat, rows.getLong(1));
                feed.fail(found.name(), "It has no messages.");
            }
        }
    }

    private void tell(Chat chat) throws IOException {
        if (chat != null && !feed.hasEnded()) {
            if (chat.size > JsonTreeReader.MOST) {
                feed.fail(chat.name(), "It is larger than one conversation may be.");
            } else {
                feed.tell(chat.build());
            }
        }
    }

    /** Where pages of a damaged file lead to each other, there is no end of rows. */
    private void requireFewRows() throws SQLException, IOException {
        try (var query = database.connection().createStatement();
                var rows = query.executeQuery("SELECT COUNT(*) > 2000000 FROM (SELECT rowid, chat_id, id FROM messages LIMIT 2000001)")) {
            if (rows.next() && rows.getBoolean(1)) {
                throw new UnreadableException("The database has more messages than can be imported at once, or is damaged.");
            }
        }
    }

    private String newestChat() throws SQLException {
        try (var query = database.connection().createStatement();
                var rows = query.executeQuery("SELECT CAST(chat_id AS TEXT) FROM messages ORDER BY id DESC LIMIT 1")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** A chat as far as it is read. */
    private static final class Chat {

        private final String id;
        private final List<SourceMessage> messages = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final Losses losses = new Losses();
        private String title;
        private String createdAt;
        private String last;
        private long size;

        Chat(String id) {
            this.id = id;
        }

        String name() {
            return title == null || title.isBlank() ? id : title;
        }

        void describe(PreparedStatement chat, long rowId) throws SQLException {
            chat.setLong(1, rowId);
            try (var row = chat.executeQuery()) {
                if (row.next()) {
                    title = row.getString("title");
                    createdAt = row.getString("created_at");
                }
            }
        }

        void add(PreparedStatement message, long rowId, MessageParts parts) throws SQLException {
            message.setLong(1, rowId);
            try (var row = message.executeQuery()) {
                if (row.next() && size <= JsonTreeReader.MOST) {
                    read(row, rowId, parts);
                }
            }
        }

        private void read(ResultSet row, long rowId, MessageParts parts) throws SQLException {
            var role = Role.of(row.getString("role"));
            var content = row.getString("content");
            var thinking = row.getString("thinking");
            if (role == null || content == null) {
                losses.add(Loss.MESSAGE);
                return;
            }
            var result = row.getString("tool_result");
            var made = new MessageBuilder(String.valueOf(rowId), last, role)
                    .content(role.equals(Role.TOOL) && content.isEmpty() ? result : content)
                    .thinking(thinking).modelName(role.equals(Role.ASSISTANT) ? row.getString("model_name") : null)
                    .createdAt(Times.of(row.getString("created_at")));
            var calls = new ToolCalls();
            for (var call : parts.calls(rowId)) {
                if (!calls.add(call.name(), TextNode.valueOf(call.arguments()))) {
                    losses.add(Loss.PART);
                }
                made.toolName(role.equals(Role.TOOL) ? call.name() : null);
            }
            made.toolCalls(role.equals(Role.ASSISTANT) ? calls.json() : null);
            parts.files(rowId).forEach(made::file);
            messages.add(made.build());
            last = String.valueOf(rowId);
            size += 500 + JsonTreeReader.bytes(content) + (thinking == null ? 0 : JsonTreeReader.bytes(thinking));
        }

        SourceConversation build() {
            notes.addAll(losses.notes());
            return new SourceConversation(id, title, null, null, Times.of(createdAt), null, false, false, List.of(), last, messages, notes);
        }
    }
}
