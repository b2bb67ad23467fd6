package ollamaweb.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;

/** Writes messages past the server, as any program with the file may. */
final class MessageTable {

    private final TestApp app;

    MessageTable(TestApp app) {
        this.app = app;
    }

    long add(long conversation, String content, String createdAt) {
        return insert(conversation, "user", content, "complete", createdAt);
    }

    void addStreaming(long conversation, String content) {
        insert(conversation, "assistant", content, "streaming", "2026-01-01T12:00:00.000Z");
    }

    /** All at the same moment. */
    void addAll(long conversation, List<String> contents) {
        run(connection -> {
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("INSERT INTO messages (conversation_id, role, content) VALUES (?, 'user', ?)")) {
                for (var content : contents) {
                    insert.setLong(1, conversation);
                    insert.setString(2, content);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
            return null;
        });
    }

    void change(long id, String content) {
        run(connection -> {
            try (var update = connection.prepareStatement("UPDATE messages SET content = ? WHERE id = ?")) {
                update.setString(1, content);
                update.setLong(2, id);
                return update.executeUpdate();
            }
        });
    }

    int count(String table) {
        return run(connection -> {
            try (var statement = connection.createStatement(); var row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    private long insert(long conversation, String role, String content, String status, String createdAt) {
        return run(connection -> {
            try (var insert = connection.prepareStatement("""
                    INSERT INTO messages (conversation_id, role, content, status, created_at)
                    VALUES (?, ?, ?, ?, ?)
                    RETURNING id""")) {
                insert.setLong(1, conversation);
                insert.setString(2, role);
                insert.setString(3, content);
                insert.setString(4, status);
                insert.setString(5, createdAt);
                try (var row = insert.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    private <R> R run(Work<R> work) {
        try (var connection = TestDatabase.connect(app.database())) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work<R> {
        R on(Connection connection) throws SQLException;
    }
}
