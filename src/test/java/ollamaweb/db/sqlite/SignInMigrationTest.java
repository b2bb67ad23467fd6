package ollamaweb.db.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import ollamaweb.db.Migrations;
import ollamaweb.testing.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInMigrationTest {

    private static final String ACCOUNTS =
            "SELECT group_concat(concat_ws('|', u.id, u.api_key_hash, u.ollama_url, u.is_admin, u.created_at,"
                    + " k.name, c.title)) FROM users u JOIN api_keys k ON k.user_id = u.id JOIN conversations c ON c.user_id = u.id";
    private static final String SCHEMA = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)";

    @TempDir
    Path folder;

    private Path file;
    private Migrations migrations;

    @BeforeEach
    void a_database_from_before() throws Exception {
        file = folder.resolve("old.db");
        migrations = SqliteFiles.migrations(file);
        migrations.up();
        while (applied("sign in")) {
            migrations.down();
        }
        Rows.change(file, "INSERT INTO users (ollama_url, is_admin, created_at) VALUES ('http://localhost:1', 1, '2025-11-04 10:00:00')");
        Rows.change(file, "INSERT INTO api_keys (user_id, name, hint, key_digest, key_hash) VALUES (1, 'setup', '…', 'd', 'h')");
        Rows.change(file, "INSERT INTO conversations (user_id, title, model_name) VALUES (1, 'Old times', 'tiny')");
    }

    @Test
    void an_old_account_goes_up_and_down_again_unharmed() throws Exception {
        var before = Rows.one(file, ACCOUNTS);
        var schema = Rows.one(file, SCHEMA);

        migrations.up();
        assertThat(Rows.one(file, ACCOUNTS)).isEqualTo(before);
        assertThat(Rows.one(file, "SELECT timezone || updated_at FROM users")).isEqualTo("UTC2025-11-04 10:00:00");

        while (applied("sign in")) {
            migrations.down();
        }
        assertThat(Rows.one(file, ACCOUNTS)).isEqualTo(before).contains("http://localhost:1", "h", "Old times");
        assertThat(Rows.one(file, SCHEMA)).isEqualTo(schema);
    }

    private boolean applied(String description) {
        return !Rows.one(file, "SELECT COUNT(*) FROM changelog WHERE description = '" + description + "'").equals("0");
    }
}
