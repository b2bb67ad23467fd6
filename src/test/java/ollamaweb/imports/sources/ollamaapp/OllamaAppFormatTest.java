package ollamaweb.imports.sources.ollamaapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.imports.sources.SourceConversation;
import ollamaweb.imports.sources.SourceFile;
import ollamaweb.imports.sources.Told;
import ollamaweb.imports.sources.UnreadableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OllamaAppFormatTest {

    private static final String SCHEMA = """
            CREATE TABLE settings (id INTEGER PRIMARY KEY, schema_version INTEGER NOT NULL DEFAULT 18);
            CREATE TABLE chats (id TEXT PRIMARY KEY, title TEXT NOT NULL DEFAULT '', created_at TIMESTAMP, browser_state TEXT);
            CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id TEXT NOT NULL, role TEXT NOT NULL,
              content TEXT NOT NULL DEFAULT '', thinking TEXT NOT NULL DEFAULT '', stream BOOLEAN NOT NULL DEFAULT 0, model_name TEXT,
              created_at TIMESTAMP, tool_result TEXT);
            CREATE TABLE tool_calls (id INTEGER PRIMARY KEY, message_id INTEGER, type TEXT, function_name TEXT, function_arguments TEXT,
              function_result TEXT);
            CREATE TABLE attachments (id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL, filename TEXT NOT NULL, data BLOB NOT NULL);
            """;

    private final OllamaAppFormat format = new OllamaAppFormat();

    @TempDir
    private Path folder;

    @Test
    void chats_come_with_their_models_thoughts_times_tools_and_files() throws Exception {
        var told = Told.by(format, database(SCHEMA + """
                INSERT INTO chats VALUES ('b', '', '2025-11-04 10:00:02', NULL), ('a', 'First', '2025-11-04 11:00:02.5+01:00', NULL);
                INSERT INTO messages VALUES (3, 'b', 'user', 'Later', '', 0, NULL, '2025-11-05 10:00:00', NULL),
                  (2, 'a', 'assistant', 'Looking', 'Hm.', 0, 'qwen3', '2025-11-04 11:00:03.123456789+01:00', NULL),
                  (1, 'a', 'user', 'What time is it?', '', 0, 'qwen3', '2025-11-04 10:00:02', NULL),
                  (4, 'a', 'tool', '', '', 0, NULL, '2025-11-04 10:00:04', '10:00'), (5, 'a', 'assistant', 'Ten.', '', 0, 'qwen3', NULL, NULL);
                INSERT INTO tool_calls VALUES (1, 2, 'function', 'time', '{"zone":"UTC"}', NULL);
                INSERT INTO attachments VALUES (1, 1, 'clock.txt', CAST('tick' AS BLOB));
                """));

        assertThat(told.failures).isEmpty();
        assertThat(told.conversations).extracting(SourceConversation::id).containsExactly("a", "b");
        var conversation = told.conversations.get(0);
        assertThat(Told.lines(conversation)).containsExactly("null > 1 user: What time is it?", "1 > 2 assistant: Looking",
                "2 > 4 tool: 10:00",
                "4 > 5 assistant: Ten.");
        assertThat(conversation.title()).isEqualTo("First");
        assertThat(conversation.createdAt()).isEqualTo(Instant.parse("2025-11-04T10:00:02.500Z"));
        assertThat(conversation.currentMessageId()).isEqualTo("5");
        var answer = Told.message(conversation, "2");
        assertThat(answer.thinking()).isEqualTo("Hm.");
        assertThat(answer.modelName()).isEqualTo("qwen3");
        assertThat(answer.toolCalls()).isEqualTo("[{\"function\":{\"name\":\"time\",\"arguments\":{\"zone\":\"UTC\"}}}]");
        assertThat(answer.createdAt()).isEqualTo(Instant.parse("2025-11-04T10:00:03.123456789Z"));
        var files = Told.message(conversation, "1").files();
        assertThat(files).extracting(SourceFile::name).containsExactly("clock.txt");
        assertThat(told.bytes.get(files.get(0))).isEqualTo("tick".getBytes(StandardCharsets.UTF_8));
        assertThat(told.conversations.get(1).title()).isEmpty();
    }

    @Test
    void a_chat_without_messages_is_named() throws Exception {
        var told = Told.by(format, database(SCHEMA + """
                INSERT INTO chats (id, title) VALUES ('a', 'Full'), ('b', 'Empty'), ('c', '');
                INSERT INTO messages (chat_id, role, content) VALUES ('a', 'user', 'Hi');
                """));

        assertThat(told.conversations).extracting(SourceConversation::title).containsExactly("Full");
        assertThat(told.failures).containsExactly(Map.entry("Empty", "It has no messages."), Map.entry("c", "It has no messages."));
    }

    @Test
    void the_oldest_schema_and_chats_that_are_gone_are_read() throws Exception {
        var told = Told.by(format, database("""
                CREATE TABLE chats (id TEXT PRIMARY KEY);
                CREATE TABLE messages (id INTEGER PRIMARY KEY, chat_id TEXT, role TEXT, content TEXT);
                INSERT INTO messages VALUES (1, 'gone', 'user', 'Hi'), (2, 'gone', 'spirit', 'Boo'), (3, 'gone', 'assistant', NULL), (4, NULL, 'user', 'x');
                """));

        assertThat(Told.lines(told.only())).containsExactly("null > 1 user: Hi");
        assertThat(told.only().notes()).containsExactly("2 entries are no messages.");
        assertThat(told.only().title()).isNull();
    }

    @Test
    void the_newest_chat_tells_that_the_log_beside_the_file_is_missing() throws Exception {
        var told = Told.by(format, database("PRAGMA journal_mode = WAL;" + SCHEMA + """
                INSERT INTO messages (chat_id, role, content) VALUES ('z', 'user', 'Old'), ('a', 'user', 'New');
                """));
        var empty = Told.by(format, database("PRAGMA journal_mode = WAL;" + SCHEMA));

        assertThat(told.conversations).extracting(conversation -> conversation.notes().size()).containsExactly(1, 0);
        assertThat(told.conversations.get(0).notes().get(0)).contains("db.sqlite-wal");
        assertThat(empty.failures.get("db.sqlite")).contains("There is no chat in it", "db.sqlite-wal");
    }

    @Test
    void views_virtual_tables_and_computed_columns_are_not_read() throws Exception {
        assertThat(Told.isOf(format, database("""
                CREATE TABLE chats (id TEXT);
                CREATE VIEW messages AS SELECT 1 AS id, 'a' AS chat_id, 'user' AS role, hex(randomblob(1000000)) AS content;
                """))).isFalse();
        assertThat(Told.isOf(format, database("""
                CREATE TABLE chats (id TEXT);
                CREATE VIRTUAL TABLE messages USING fts5(id, chat_id, role, content);
                """))).isFalse();
        assertThat(Told.isOf(format, database("""
                CREATE TABLE chats (id TEXT);
                CREATE TABLE messages (id INTEGER PRIMARY KEY, chat_id TEXT, role TEXT, content TEXT AS (hex(zeroblob(100000000))));
                """))).isFalse();
    }

    @Test
    void other_files_and_damaged_ones_are_not_taken() throws Exception {
        assertThat(Told.isOf(format, database("CREATE TABLE other (id)"))).isFalse();
        assertThat(Told.isOf(format, ImportFile.of("SQLite format 3\0"))).isFalse();
        assertThat(Told.isOf(format, ImportFile.of("[]"))).isFalse();

        var insert = new StringBuilder(SCHEMA + "BEGIN;");
        for (int i = 0; i < 200; i++) {
            insert.append("INSERT INTO messages (chat_id, role, content) VALUES ('c', 'user', hex(zeroblob(1000)));");
        }
        try (var damaged = database(insert + "COMMIT;")) {
            var bytes = Files.readAllBytes(damaged.path());
            Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 7);
            Files.write(damaged.path(), bytes);
            assertThatThrownBy(() -> format.read(damaged, new Told())).isInstanceOf(IOException.class).hasMessageContaining("damaged");
        }
    }

    @Test
    void a_table_whose_pages_lead_to_each_other_without_end_is_not_read() throws Exception {
        try (var endless = database("PRAGMA page_size = 512;" + SCHEMA + "CREATE TABLE room (bytes BLOB);"
                + "INSERT INTO messages (chat_id, role, content) VALUES ('c', 'user', 'Hi'); INSERT INTO room VALUES (zeroblob(10000));")) {
            var file = ByteBuffer.wrap(Files.readAllBytes(endless.path()));
            int last = file.capacity() / 512;
            int root = rootOfMessages(endless.path());
            file.put((last - 1) * 512, file.array(), (root - 1) * 512, 512);
            for (int page = last - 12; page < last; page++) { // each names the next one sixty times over
                int at = ((page == last - 12 ? root : page) - 1) * 512;
                file.put(at, new byte[512]).put(at, (byte) 5).putShort(at + 3, (short) 60).putShort(at + 5, (short) 212).putInt(at + 8,
                        page + 1);
                for (int i = 0; i < 60; i++) {
                    file.putShort(at + 12 + 2 * i, (short) (507 - 5 * i)).putInt(at + 507 - 5 * i, page + 1).put(at + 511 - 5 * i,
                            (byte) (i + 1));
                }
            }
            Files.write(endless.path(), file.array());

            assertThatThrownBy(() -> format.read(endless, new Told())).isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("more messages than can be imported");
        }
    }

    private static int rootOfMessages(Path file) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var rows = connection.createStatement().executeQuery("SELECT rootpage FROM sqlite_master WHERE name = 'messages'")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private ImportFile database(String script) throws SQLException, IOException {
        var path = Files.createTempFile(folder, "a b#c%", ".sqlite");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path); var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA synchronous = OFF;" + script);
        }
        return ImportFile.of(path);
    }
}
