package ollamaweb.imports.sources.ollamaapp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.UnreadableException;

/** What hangs on messages: attachments and calls of tools. */
final class MessageParts implements AutoCloseable {

    private static final int MOST = 200_000;

    private final ReadOnlyDatabase database;
    private final Map<Long, List<Long>> files;
    private final Map<Long, List<Long>> calls;
    private final PreparedStatement name;
    private final PreparedStatement call;

    /** @param arguments an object as JSON */
    record Call(String name, String arguments) {}

    MessageParts(ReadOnlyDatabase database) throws SQLException {
        this.database = database;
        this.files = places("attachments", "filename", "data");
        this.calls = places("tool_calls", "function_name", "function_arguments");
        this.name = files.isEmpty() ? null
                : database.connection().prepareStatement("SELECT substr(filename, 1, 500) FROM attachments WHERE rowid = ?");
        this.call = calls.isEmpty() ? null
                : database.connection().prepareStatement(
                        "SELECT " + ReadOnlyDatabase.select(database.columns("tool_calls"), List.of("function_name", "function_arguments"))
                                + " FROM tool_calls WHERE rowid = ?");
    }

    List<SourceFile> files(long messageId) throws SQLException {
        var found = new ArrayList<SourceFile>();
        for (long rowId : files.getOrDefault(messageId, List.of())) {
            name.setLong(1, rowId);
            try (var row = name.executeQuery()) {
                var path = database.path();
                found.add(new SourceFile(row.next() && row.getString(1) != null ? row.getString(1) : "", () -> bytes(path, rowId)));
            }
        }
        return found;
    }

    List<Call> calls(long messageId) throws SQLException {
        var found = new ArrayList<Call>();
        for (long rowId : calls.getOrDefault(messageId, List.of())) {
            call.setLong(1, rowId);
            try (var row = call.executeQuery()) {
                if (row.next()) {
                    var arguments = row.getString(2);
                    found.add(new Call(row.getString(1), arguments == null ? "" : arguments));
                }
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        if (name != null) {
            name.close();
        }
        if (call != null) {
            call.close();
        }
    }

    /** @return the rows of each message, found once: whether there is an index is for the file to say */
    private Map<Long, List<Long>> places(String table, String... columns) throws SQLException {
        var places = new HashMap<Long, List<Long>>();
        if (!database.has(table, "message_id") || !database.has(table, columns)) {
            return places;
        }
        try (var query = database.connection().createStatement();
                var rows = query.executeQuery("SELECT message_id, rowid FROM " + table + " ORDER BY rowid LIMIT " + MOST)) {
            while (rows.next()) {
                places.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>(1)).add(rows.getLong(2));
            }
        }
        return places;
    }

    /** Through a connection of its own: who opens a file may do so after the chats are read. */
    private static InputStream bytes(Path path, long rowId) throws IOException {
        try (var database = ReadOnlyDatabase.open(path);
                var query = database.connection()
                        .prepareStatement("SELECT data FROM attachments WHERE rowid = ? AND octet_length(data) <= ?")) {
            query.setLong(1, rowId);
            query.setInt(2, ReadOnlyDatabase.LONGEST_VALUE);
            try (var row = query.executeQuery()) {
                var bytes = row.next() ? row.getBytes(1) : null;
                if (bytes == null) {
                    throw new UnreadableException("It is too large.");
                }
                return new ByteArrayInputStream(bytes);
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
