package ollamaweb.db.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migration that makes a tree of the messages of a conversation, and the way back. */
class MessageTreeMigrationTest {

    private static final String PLACES = "SELECT id || ' ' || coalesce(parent_id, '-') || ' ' || depth FROM messages ORDER BY id";

    @TempDir
    Path folder;

    @BeforeEach
    void two_conversations_of_before() throws Exception {
        SqliteFiles.migrations(file()).up();
        while (!ask("SELECT 1 FROM sqlite_schema WHERE name = 'favorites'").isEmpty()) {
            SqliteFiles.migrations(file()).down();
        }
        run("INSERT INTO users (id) VALUES (1)");
        run("INSERT INTO conversations (id, user_id, title, model_name) VALUES (1, 1, 't', 'm'), (2, 1, 't', 'm'), (3, 1, 'empty', 'm')");
        run("INSERT INTO messages (id, conversation_id, role, content, status, error) VALUES (3, 1, 'user', 'a', 'complete', NULL),"
                + " (5, 2, 'user', 'b', 'complete', NULL), (6, 1, 'assistant', 'c', 'error', 'broke'),"
                + " (9, 1, 'user', 'd', 'complete', NULL), (12000, 1, 'assistant', 'so ', 'streaming', NULL)");
        run("INSERT INTO message_parts (message_id, number, text) VALUES (12000, 1, 'far'), (12000, 4, ', so')");
    }

    @Test
    void the_messages_of_a_conversation_become_one_path() throws Exception {
        SqliteFiles.migrations(file()).up();

        assertThat(ask(PLACES)).containsExactly("3 - 1", "5 - 1", "6 3 2", "9 6 3", "12000 9 4");
        assertThat(ask("SELECT coalesce(current_message_id, '-') FROM conversations ORDER BY id")).containsExactly("12000", "5", "-");
        assertThat(ask("SELECT error FROM messages WHERE id = 6")).containsExactly("broke");
    }

    @Test
    void what_a_killed_server_had_saved_of_an_answer_is_kept() throws Exception {
        SqliteFiles.migrations(file()).up();

        assertThat(ask("SELECT text FROM message_texts WHERE message_id = 12000")).containsExactly("so far, so");
    }

    @Test
    void ids_are_not_given_again() throws Exception {
        run("DELETE FROM messages WHERE id = 12000");

        SqliteFiles.migrations(file()).up();
        run("INSERT INTO messages (conversation_id, role, content) VALUES (2, 'user', 'new')");

        assertThat(ask("SELECT max(id) FROM messages")).containsExactly("12001");
    }

    @Test
    void a_message_follows_one_of_its_own_conversation() throws Exception {
        SqliteFiles.migrations(file()).up();

        assertThat(catchThrowable(
                () -> run("INSERT INTO messages (conversation_id, parent_id, role, content) VALUES (2, 3, 'user', 'astray')")))
                .hasMessageContaining("FOREIGNKEY");
    }

    @Test
    void on_the_way_back_the_current_path_stays() throws Exception {
        SqliteFiles.migrations(file()).up();
        run("INSERT INTO messages (id, conversation_id, parent_id, depth, role, content) VALUES (13000, 1, 6, 3, 'tool', 'other way')");
        run("UPDATE conversations SET current_message_id = 13000 WHERE id = 1");

        while (!ask("SELECT name FROM pragma_table_info('messages') WHERE name = 'parent_id'").isEmpty()) {
            SqliteFiles.migrations(file()).down();
        }

        assertThat(ask("SELECT id || ' ' || role || ' ' || content FROM messages ORDER BY id"))
                .containsExactly("3 user a", "5 user b", "6 assistant c", "13000 assistant other way");
        assertThat(ask("SELECT message_id FROM message_parts")).isEmpty();
    }

    private Path file() {
        return folder.resolve("test.db");
    }

    private void run(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file() + "?foreign_keys=true")) {
            connection.createStatement().execute(statement);
        }
    }

    private List<String> ask(String query) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var rows = connection.createStatement().executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
