package ollamaweb.insights;

import java.sql.SQLException;
import java.time.Instant;
import ollamaweb.json.Timestamps;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;

/** Puts tasks, goals and messages of somebody straight into the database, with the times a test needs. */
final class OwnThings {

    private final TestApp app;
    private final long userId;

    private OwnThings(TestApp app, long userId) {
        this.app = app;
        this.userId = userId;
    }

    static OwnThings of(TestApp app, Client person) {
        return new OwnThings(app, person.get("/api/config/get").json().path("user_id").asLong());
    }

    long goal(String title) {
        return execute("INSERT INTO goals (user_id, title, status, created_at, updated_at) VALUES (?, ?, 'active', ?, ?) RETURNING id",
                userId, title, now(), now());
    }

    /** @param due a timestamp, or null */
    long task(String title, String status, String due, Long goalId) {
        return execute("""
                INSERT INTO tasks (user_id, title, status, priority, due_date, goal_id, completed_at, created_at, updated_at)
                VALUES (?, ?, ?, 'high', ?, ?, ?, ?, ?) RETURNING id""",
                userId, title, status, due, goalId, status.equals("done") ? now() : null, now(), now());
    }

    long conversation(String title) {
        return execute("INSERT INTO conversations (user_id, title, model_name) VALUES (?, ?, 'tiny') RETURNING id", userId, title);
    }

    long message(long conversationId, String content, String createdAt) {
        return execute("INSERT INTO messages (conversation_id, role, content, created_at) VALUES (?, 'user', ?, ?) RETURNING id",
                conversationId, content, createdAt);
    }

    void livesIn(String timezone) {
        execute("UPDATE users SET timezone = ? WHERE id = ? RETURNING id", timezone, userId);
    }

    /** Deletes the account, as its owner may. */
    void leave() {
        execute("DELETE FROM users WHERE id = ? RETURNING id", userId);
    }

    /** What a killed server leaves. */
    void looksAsIfItWereBeingWritten(long insightId) {
        execute("UPDATE insights SET started_at = ? WHERE id = ? AND user_id = ? RETURNING id", now(), insightId, userId);
    }

    void delete(String table, long id) {
        execute("DELETE FROM " + table + " WHERE id = ? RETURNING id", id);
    }

    private static String now() {
        return Timestamps.format(Instant.parse("2026-01-05T10:00:00Z"));
    }

    private long execute(String sql, Object... values) {
        try (var connection = TestDatabase.connect(app.database());
                var pragma = connection.createStatement();
                var statement = connection.prepareStatement(sql)) {
            if (!TestDatabase.isPostgres()) {
                pragma.execute("PRAGMA foreign_keys = ON");
            }
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
