package ollamaweb.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import ollamaweb.db.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchMigrationTest {

    private static final String OBJECTS = "SELECT name FROM sqlite_schema WHERE name LIKE 'search%'";
    private static final String FOUND = "SELECT message_id FROM search_entries JOIN search_grams ON search_grams.rowid = position"
            + " WHERE search_grams MATCH '\"fox\"' ORDER BY position";

    @TempDir
    Path folder;

    @BeforeEach
    void the_newest_schema_with_messages_of_two_users() throws Exception {
        Database.migrations(file()).up();
        run("INSERT INTO users (id) VALUES (1), (2)");
        run("INSERT INTO conversations (id, user_id, title, model_name) VALUES (1, 1, 't', 'm'), (2, 2, 't', 'm')");
        run("INSERT INTO messages (id, conversation_id, role, content, status, created_at) VALUES"
                + " (1, 2, 'user', 'fox of two', 'complete', '2026-01-01T10:00:00.000Z'),"
                + " (2, 1, 'user', 'newer fox', 'complete', '2026-01-02T10:00:00.000Z'),"
                + " (3, 1, 'user', 'older fox', 'complete', '2026-01-01T10:00:00.000Z'),"
                + " (4, 1, 'assistant', 'growing fox', 'streaming', '2026-01-03T10:00:00.000Z')");
    }

    @Test
    void it_can_be_taken_back_and_then_finds_what_was_there_before_it() throws Exception {
        while (!ask(OBJECTS).isEmpty()) {
            Database.migrations(file()).down();
        }
        run("UPDATE messages SET content = content || '!'");

        Database.migrations(file()).up();

        assertThat(ask(FOUND)).containsExactly("3", "2", "1");
    }

    @Test
    void what_its_triggers_keep_is_what_it_would_make_anew() throws Exception {
        var kept = ask(FOUND);
        run("DELETE FROM search_entries");
        assertThat(ask(FOUND)).isEmpty();

        run("INSERT INTO search_entries (position, message_id, moment) SELECT position, message_id, moment FROM search_positions"
                + " ORDER BY message_id");

        assertThat(ask(FOUND)).isEqualTo(kept).containsExactly("3", "2", "1");
    }

    @Test
    void its_index_is_sound_after_all_kinds_of_changes() throws Exception {
        run("UPDATE messages SET status = 'complete', content = 'a full-grown fox and Straße' WHERE id = 4");
        run("UPDATE messages SET created_at = '2020-01-01T10:00:00.000Z' WHERE id = 2");
        run("DELETE FROM messages WHERE id = 3");
        run("DELETE FROM users WHERE id = 2");
        run("INSERT INTO search_grams (search_grams) VALUES ('integrity-check')");

        assertThat(ask(FOUND)).containsExactly("2", "4");
        assertThat(ask("SELECT DISTINCT doc FROM search_vocabulary")).hasSize(2);
    }

    private Path file() {
        return folder.resolve("test.db");
    }

    private void run(String sql) throws SQLException {
        try (var connection = open(); var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private List<String> ask(String sql) throws SQLException {
        try (var connection = open(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            var answers = new ArrayList<String>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file() + "?foreign_keys=true");
    }
}
