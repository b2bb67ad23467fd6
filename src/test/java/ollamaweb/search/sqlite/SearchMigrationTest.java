package ollamaweb.search.sqlite;

import ollamaweb.db.Storage.MigrationWork;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import ollamaweb.db.sqlite.SqliteFiles;
import ollamaweb.db.sqlite.Synchronous;
import ollamaweb.testing.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchMigrationTest {

    private static final String OBJECTS = "SELECT name FROM sqlite_schema WHERE name LIKE 'search%'";
    private static final String STEPS = "SELECT name FROM sqlite_schema WHERE name = 'search_queue'";
    private static final String FOUND = "SELECT message_id FROM search_entries JOIN search_grams ON search_grams.rowid = position"
            + " WHERE search_grams MATCH '\"fox\"' ORDER BY position";
    private static final String WIDE = "SELECT name FROM sqlite_schema WHERE name = 'search_wide_grams'";
    /** What is removed in the middle leaves the wide grams that reach into what had not come yet; they lead to nothing. */
    private static final int LEFT_OF_A_PIECE = 600;
    private static final String GRAMS = "SELECT DISTINCT doc || ' ' || term FROM search_vocabulary ORDER BY 1";

    @TempDir
    Path folder;

    @BeforeEach
    void the_newest_schema_with_messages_of_two_users() throws Exception {
        SqliteFiles.migrations(file()).up();
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
        joinPaths();
        while (!ask(OBJECTS).isEmpty()) {
            SqliteFiles.migrations(file()).down();
        }
        run("UPDATE messages SET content = content || '!'");

        SqliteFiles.migrations(file()).up();
        index();

        assertThat(ask(FOUND)).containsExactly("3", "2", "1");
    }

    @Test
    void what_the_steps_keep_is_what_the_triggers_before_them_kept() throws Exception {
        run("UPDATE messages SET content = content || " + literal(text(30_000)) + " WHERE id = 2");
        run("UPDATE messages SET content = content || 'ß ﬃ İ և' WHERE id = 3");
        index();
        var kept = ask(GRAMS);

        downToBeforeTheSteps();

        assertThat(ask(GRAMS)).isEqualTo(kept).isNotEmpty();
    }

    @Test
    void an_index_that_triggers_kept_is_taken_over_and_can_be_emptied_in_steps() throws Exception {
        index();
        downToBeforeTheSteps();
        run("UPDATE messages SET content = content || " + literal(text(30_000)) + " WHERE id = 2");
        var kept = ask(GRAMS);

        SqliteFiles.migrations(file()).up();

        assertThat(ask(GRAMS)).isEqualTo(kept);
        assertThat(ask(FOUND)).containsExactly("3", "2", "1");
        run("DELETE FROM messages WHERE conversation_id = 1");
        index();
        run("INSERT INTO search_grams (search_grams) VALUES ('integrity-check')");
        assertThat(ask(FOUND)).containsExactly("1");
        run("DELETE FROM messages");
        index();
        assertThat(ask(GRAMS)).isEmpty();
        run("INSERT INTO search_grams (search_grams) VALUES ('integrity-check')");
    }

    @Test
    void entries_that_are_older_than_wide_grams_get_them_in_steps() throws Exception {
        run("UPDATE messages SET content = content || " + literal(text(20_000)) + " WHERE id = 2");
        run("UPDATE messages SET content = 'the ' || content || ' ß ﬃ' WHERE id = 3");
        index();
        var kept = wideGrams();

        joinPaths();
        while (!ask(WIDE).isEmpty()) {
            SqliteFiles.migrations(file()).down();
        }
        SqliteFiles.migrations(file()).up();
        assertThat(wideGrams()).isEmpty();
        run("INSERT INTO messages (id, conversation_id, role, content, created_at) VALUES"
                + " (5, 2, 'user', 'a fox that came later', '2026-01-02T11:00:00.000Z')");
        run("DELETE FROM messages WHERE id = 1");
        index();

        assertThat(ask("SELECT 1 FROM search_wide_grams_due")).isEmpty();
        var deleted = kept.get(kept.size() - 1).split(" ")[0] + " ";
        assertThat(wideGrams()).containsAll(kept.stream().filter(gram -> !gram.startsWith(deleted)).toList());
        assertThat(wideGrams().stream().map(gram -> gram.split(" ")[0]).distinct()).hasSize(3);
        run("DELETE FROM messages");
        index();
        assertThat(wideGrams()).isEmpty();
        run("INSERT INTO search_wide_grams (search_wide_grams) VALUES ('integrity-check')");
    }

    @Test
    void a_step_that_was_not_the_last_can_be_taken_back_too() throws Exception {
        run("UPDATE messages SET content = content || " + literal(text(900_000)) + " WHERE id = 2");
        var indexer = new SearchIndexer();
        try (var database = SqliteFiles.open(file(), Synchronous.NORMAL, MigrationWork.NONE)) {
            while (ask("SELECT 1 FROM search_queue WHERE indexed > 0").isEmpty()) {
                database.step(indexer::step);
            }
        }
        run("UPDATE messages SET content = 'a wolf' WHERE id = 2");

        index();

        assertThat(ask(FOUND)).containsExactly("3", "1");
        assertThat(ask("SELECT DISTINCT doc FROM search_vocabulary")).hasSize(3);
        run("DELETE FROM users");
        index();
        assertThat(ask(GRAMS)).isEmpty();
        assertThat(wideGrams().size()).isLessThanOrEqualTo(LEFT_OF_A_PIECE);
    }

    @Test
    void its_index_is_sound_after_all_kinds_of_changes() throws Exception {
        index();
        run("UPDATE messages SET status = 'complete', content = 'a full-grown fox and Straße' WHERE id = 4");
        run("UPDATE messages SET created_at = '2020-01-01T10:00:00.000Z' WHERE id = 2");
        run("DELETE FROM messages WHERE id = 3");
        run("DELETE FROM users WHERE id = 2");
        index();
        run("INSERT INTO search_grams (search_grams) VALUES ('integrity-check')");

        assertThat(ask(FOUND)).containsExactly("2", "4");
        assertThat(ask("SELECT DISTINCT doc FROM search_vocabulary")).hasSize(2);
    }

    @Test
    void a_position_is_not_given_again_before_its_text_is_out_of_the_index() throws Exception {
        index();
        run("DELETE FROM messages WHERE id = 2");
        run("INSERT INTO messages (id, conversation_id, role, content, created_at) VALUES"
                + " (5, 1, 'user', 'newest fox', '2026-01-02T11:00:00.000Z')");
        index();

        assertThat(ask(FOUND)).containsExactly("3", "5", "1");
    }

    /** What is on no path would not outlive the way down. */
    private void joinPaths() throws Exception {
        for (var joining : Rows.PATHS) {
            run(joining);
        }
    }

    private void downToBeforeTheSteps() throws Exception {
        joinPaths();
        while (!ask(STEPS).isEmpty()) {
            SqliteFiles.migrations(file()).down();
        }
    }

    private void index() throws Exception {
        var indexer = new SearchIndexer();
        try (var database = SqliteFiles.open(file(), Synchronous.NORMAL, MigrationWork.NONE)) {
            while (database.step(indexer::step)) {
                // until nothing is left to do
            }
        }
    }

    private static String text(int length) {
        return new Random(1).ints(length, 'a', 'z' + 1).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static String literal(String text) {
        assertThat(text).doesNotContain("'");
        return "'" + text + "'";
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

    private List<String> wideGrams() throws SQLException {
        try (var connection = open(); var statement = connection.createStatement()) {
            statement.execute("CREATE VIRTUAL TABLE temp.wide_vocabulary USING fts5vocab (main, search_wide_grams, instance)");
            try (var rows = statement.executeQuery("SELECT DISTINCT doc || ' ' || term FROM wide_vocabulary ORDER BY 1")) {
                var answers = new ArrayList<String>();
                while (rows.next()) {
                    answers.add(rows.getString(1));
                }
                return answers;
            }
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file() + "?foreign_keys=true");
    }
}
