package ollamaweb.db.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import ollamaweb.db.CompressedText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migration since which long texts are kept compressed, and the way back. */
class CompressedTextMigrationTest {

    private static final String LONG = "Grüße \uD83D\uDC4B, ".repeat(500);
    private static final String COMPRESSED = "x'" + HexFormat.of().formatHex(CompressedText.of(LONG.getBytes(UTF_8))) + "'";

    @TempDir
    Path folder;

    @BeforeEach
    void messages() throws Exception {
        SqliteFiles.migrations(file()).up();
        run("INSERT INTO users (id) VALUES (1)");
        run("INSERT INTO conversations (id, user_id, title, model_name) VALUES (1, 1, 't', 'm')");
        run("INSERT INTO messages (id, conversation_id, role, content, thinking) VALUES (1, 1, 'user', 'short', NULL), (2, 1, 'assistant', "
                + COMPRESSED + ", " + COMPRESSED + "), (3, 1, 'user', '" + LONG + "', NULL)");
        run("DELETE FROM search_queue");
    }

    @Test
    void on_the_way_back_all_texts_become_plain() throws Exception {
        run("INSERT INTO search_removals (position, content, whole, characters) VALUES (7, " + COMPRESSED + ", 0, 5), (8, " + COMPRESSED
                + ", 1, NULL)");

        takeBack();

        assertThat(ask("SELECT content FROM messages ORDER BY id")).containsExactly("short", LONG, LONG);
        assertThat(ask("SELECT thinking FROM messages WHERE id = 2")).containsExactly(LONG);
        assertThat(ask("SELECT content FROM search_removals ORDER BY position")).containsExactly(LONG.substring(0, 5), LONG);
        assertThat(ask("SELECT bytes FROM message_texts ORDER BY message_id")).containsExactly("5", bytes(), bytes());
        assertThat(ask("SELECT message_id FROM search_queue")).as("the search has nothing to do").isEmpty();
        run("UPDATE messages SET content = 'other' WHERE id = 2");
        assertThat(ask("SELECT message_id FROM search_queue")).containsExactly("2");
    }

    @Test
    void texts_that_were_there_before_are_found_to_be_compressed() throws Exception {
        takeBack();

        SqliteFiles.migrations(file()).up();

        assertThat(ask("""
                SELECT id FROM messages INDEXED BY idx_messages_uncompressed
                 WHERE status <> 'streaming'
                   AND (typeof(content) = 'text' AND length(CAST(content AS BLOB)) BETWEEN 2049 AND 8388608
                        OR typeof(thinking) = 'text' AND length(CAST(thinking AS BLOB)) BETWEEN 2049 AND 8388608)
                 ORDER BY id""")).containsExactly("2", "3");
        assertThat(ask("SELECT bytes FROM message_texts ORDER BY message_id")).containsExactly("5", bytes(), bytes());
    }

    @Test
    void only_a_change_of_what_a_text_says_is_one_for_the_search() throws Exception {
        run("UPDATE messages SET content = " + COMPRESSED + " WHERE id = 3");
        assertThat(ask("SELECT message_id FROM search_queue")).isEmpty();

        run("UPDATE messages SET content = '" + LONG + "!' WHERE id = 3");
        run("UPDATE messages SET status = 'error' WHERE id = 2");
        assertThat(ask("SELECT message_id FROM search_queue ORDER BY message_id")).containsExactly("2", "3");
    }

    @Test
    void of_a_compressed_text_the_index_loses_as_much_as_it_has() throws Exception {
        run("INSERT INTO search_entries (position, message_id, moment) VALUES (1, 1, 0), (2, 2, 0), (3, 3, 0)");
        run("INSERT INTO search_queue (message_id, indexed) VALUES (2, 10), (3, 10)");

        run("DELETE FROM messages WHERE id IN (1, 2, 3)");

        assertThat(
                ask("SELECT position || ' ' || typeof(content) || ' ' || whole || ' ' || coalesce(characters, '-') FROM search_removals"))
                .containsExactly("1 text 1 -", "2 blob 0 12", "3 text 0 12");
        assertThat(ask("SELECT content FROM search_removals WHERE position = 3")).containsExactly(LONG.substring(0, 13));
    }

    private void takeBack() throws Exception {
        while (!ask("SELECT 1 FROM pragma_table_info('search_removals') WHERE name = 'characters'").isEmpty()) {
            SqliteFiles.migrations(file()).down();
        }
    }

    private static String bytes() {
        return String.valueOf(LONG.getBytes(UTF_8).length);
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
