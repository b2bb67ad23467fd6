package ollamaweb.db.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import ollamaweb.db.Migrations;
import org.apache.ibatis.migration.MigrationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {

    @TempDir
    Path folder;

    @Test
    void the_schema_has_the_tables_columns_and_indexes_that_were_promised() throws Exception {
        migrations().up();

        assertThat(columns("users")).contains("id", "api_key_hash", "ollama_url", "created_at");
        assertThat(columns("conversations"))
                .contains("id", "user_id", "title", "model_name", "system_prompt", "created_at", "updated_at");
        assertThat(columns("messages")).contains("id", "conversation_id", "role", "content", "tokens_used", "created_at", "status");
        assertThat(columns("settings")).contains("id", "user_id", "key", "value");
        assertThat(texts("SELECT name || ' ' || tbl_name FROM sqlite_schema WHERE type = 'index'")).contains(
                "idx_conversations_user_updated conversations", "idx_conversations_updated_at conversations",
                "idx_messages_conversation_created messages", "idx_messages_created_at messages", "idx_messages_role messages",
                "idx_settings_user_key settings");
        assertThat(texts("SELECT name FROM pragma_index_info('idx_conversations_user_updated')")).containsExactly("user_id", "updated_at");
        assertThat(texts("SELECT name FROM pragma_index_info('idx_messages_conversation_created')")).containsExactly("conversation_id",
                "created_at");
        assertThat(texts("SELECT name FROM pragma_index_info('idx_settings_user_key')")).containsExactly("user_id", "key");
    }

    @Test
    void the_schema_refuses_what_must_not_be() throws Exception {
        migrations().up();
        try (var connection = connect()) {
            var statement = connection.createStatement();
            statement.execute("INSERT INTO users (api_key_hash) VALUES ('h')");
            statement.execute("INSERT INTO conversations (user_id, title, model_name) VALUES (1, 't', 'm')");

            for (var wrong : List.of(
                    "INSERT INTO users (api_key_hash) VALUES ('h')",
                    "INSERT INTO conversations (user_id, title, model_name) VALUES (2, 't', 'm')",
                    "INSERT INTO conversations (user_id, title) VALUES (1, 't')",
                    "INSERT INTO messages (conversation_id, role, content) VALUES (1, 'robot', 'c')",
                    "INSERT INTO messages (conversation_id, role, content, status) VALUES (1, 'user', 'c', 'lost')",
                    "INSERT INTO messages (conversation_id, role, content) VALUES (2, 'user', 'c')")) {
                assertThatThrownBy(() -> statement.execute(wrong)).as(wrong).hasMessageContaining("SQLITE_CONSTRAINT");
            }
        }
    }

    @Test
    void deleting_a_user_deletes_everything_of_the_user() throws Exception {
        migrations().up();
        try (var connection = connect()) {
            var statement = connection.createStatement();
            statement.execute("INSERT INTO users (id) VALUES (1), (2)");
            statement.execute("INSERT INTO conversations (id, user_id, title, model_name) VALUES (1, 1, 't', 'm'), (2, 2, 't', 'm')");
            statement.execute("INSERT INTO messages (conversation_id, role, content) VALUES (1, 'user', 'c'), (2, 'user', 'c')");
            statement.execute("INSERT INTO settings (user_id, key, value) VALUES (1, 'k', '1'), (2, 'k', '1')");

            statement.execute("DELETE FROM users WHERE id = 1");
        }
        for (var table : List.of("users", "conversations", "messages", "settings")) {
            assertThat(texts("SELECT COUNT(*) FROM " + table)).as(table).containsExactly("1");
        }
    }

    @Test
    void up_twice_is_up_once() throws Exception {
        migrations().up();
        var schema = schema();

        migrations().up();

        assertThat(schema()).isEqualTo(schema);
    }

    @Test
    void what_came_in_between_from_a_version_beside_this_one_is_applied_too() throws Exception {
        migrations().up();
        var schema = schema();
        try (var connection = connect()) {
            connection.createStatement().execute("DROP TABLE audit_entries");
            connection.createStatement().execute("DELETE FROM changelog WHERE id = 51");
        }
        assertThat(migrations().isBehind()).isTrue();

        migrations().up();

        assertThat(schema()).isEqualTo(schema);
        assertThat(migrations().isBehind()).isFalse();
    }

    @Test
    void down_takes_back_one_file_after_the_other_until_nothing_is_left() throws Exception {
        migrations().up();
        var full = schema();

        for (int file = files().size(); file > 0; file--) {
            assertThat(applied()).isEqualTo(file);
            migrations().down();
        }
        assertThat(schema()).isEmpty();
        assertThat(applied()).isZero();

        migrations().up();
        assertThat(schema()).isEqualTo(full);
    }

    @Test
    void down_with_nothing_applied_does_nothing() throws Exception {
        migrations().down();

        assertThat(schema()).isEmpty();
    }

    @Test
    void status_shows_each_file_and_whether_it_is_applied() throws Exception {
        assertThat(status()).hasSameSizeAs(files()).allMatch(line -> line.contains("...pending..."));

        migrations().up();

        assertThat(status()).hasSameSizeAs(files()).noneMatch(line -> line.contains("pending"))
                .anyMatch(line -> line.contains("conversations"));
    }

    @Test
    void a_file_that_fails_in_the_middle_leaves_nothing_behind_and_can_be_applied_later() throws Exception {
        migrations().up();
        migrations().down();
        var before = schema();
        var inTheWay = files().get(files().size() - 1);
        var table = lastMadeBy(inTheWay);
        execute("CREATE TABLE " + table + " (in_the_way INTEGER)");

        assertThatThrownBy(() -> migrations().up()).isInstanceOf(MigrationException.class);

        execute("DROP TABLE " + table);
        assertThat(schema()).as("nothing of %s", inTheWay).isEqualTo(before);
        migrations().up();
        assertThat(applied()).isEqualTo(files().size());
    }

    @Test
    void every_file_is_in_the_index_in_the_order_of_its_number() throws Exception {
        try (var there = Files.list(Path.of("sql/sqlite"))) {
            assertThat(there.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql")).sorted().toList())
                    .isEqualTo(files());
        }
        assertThat(files()).allMatch(name -> name.matches("\\d{3}_[a-z0-9_]+\\.sql"));
        assertThat(Path.of("sql/postgresql/index.txt")).as("the other kind of database has the same files")
                .hasSameTextualContentAs(Path.of("sql/sqlite/index.txt"));
    }

    private Path file() {
        return folder.resolve("test.db");
    }

    private Migrations migrations() throws Exception {
        return SqliteFiles.migrations(file());
    }

    private static List<String> files() throws Exception {
        return Files.readAllLines(Path.of("sql/sqlite/index.txt"));
    }

    /** @return the name of the last table or index that the file makes; neither can be made where a table has its name */
    private static String lastMadeBy(String file) throws Exception {
        var names = java.util.regex.Pattern.compile("CREATE (?:VIRTUAL TABLE|TABLE|UNIQUE INDEX|INDEX) (\\w+)")
                .matcher(Files.readString(Path.of("sql/sqlite", file)).split("-- //@UNDO")[0])
                .results().map(found -> found.group(1)).toList();
        return names.get(names.size() - 1);
    }

    private List<String> status() throws Exception {
        var out = new ByteArrayOutputStream();
        migrations().status(new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8).lines().filter(line -> line.matches("\\s*\\d+ .*")).toList();
    }

    private long applied() throws Exception {
        return status().stream().filter(line -> !line.contains("pending")).count();
    }

    private List<String> columns(String table) throws SQLException {
        return texts("SELECT name FROM pragma_table_info('" + table + "')");
    }

    private String schema() throws SQLException {
        return texts("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1")
                .stream().collect(Collectors.joining("\n"));
    }

    private List<String> texts(String query) throws SQLException {
        try (var connection = connect(); var rows = connection.createStatement().executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private void execute(String statement) throws SQLException {
        try (var connection = connect()) {
            connection.createStatement().execute(statement);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file() + "?foreign_keys=on");
    }
}
