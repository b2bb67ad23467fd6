package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SetupApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_key_of_ones_own_makes_an_account() {
        var answer = setup("{\"api_key\":\"my-own-key\",\"ollama_url\":\"" + app.ollama().url() + "\"}");

        assertThat(answer).isOk().isJson("""
                {"success":true,"message":"API key setup successful and Ollama connection verified.",
                 "user_id":1,"ollama_connected":true}""");
        assertThat(app.with("my-own-key").get("/api/config/get")).isOk();
    }

    @Test
    void without_a_key_the_server_makes_one_and_shows_it_once() {
        var made = setup("{}").json();
        var key = made.path("api_key").asText();

        assertThat(key).matches("owg_[A-Za-z0-9_-]{43}");
        assertThat(app.with(key).get("/api/config/get").json().path("user_id")).isEqualTo(made.path("user_id"));
        assertThat(setup("{\"api_key\":\"" + key + "\"}").body()).doesNotContain(key);
    }

    @Test
    void each_made_key_is_a_new_account() {
        assertThat(setup("{}").json().path("user_id")).isNotEqualTo(setup("{}").json().path("user_id"));
    }

    @Test
    void the_same_key_again_moves_its_account_to_another_ollama() {
        app.as("ada");
        var elsewhere = app.ollama().url().replace("127.0.0.1", "localhost");

        var answer = setup("{\"api_key\":\"key-of-ada\",\"ollama_url\":\"" + elsewhere + "\"}");

        assertThat(answer.json().path("user_id").asLong()).isEqualTo(1);
        assertThat(answer.json().path("ollama_connected").asBoolean()).isTrue();
        assertThat(ollamaUrlOf("key-of-ada")).isEqualTo(elsewhere);
    }

    @Test
    void the_same_key_without_a_url_leaves_the_ollama_as_it_is() {
        var elsewhere = "http://localhost:11434";
        setup("{\"api_key\":\"key-of-ada\",\"ollama_url\":\"" + elsewhere + "/\"}");

        setup("{\"api_key\":\"key-of-ada\"}");

        assertThat(ollamaUrlOf("key-of-ada")).isEqualTo(elsewhere);
    }

    @Test
    void an_ollama_that_is_away_does_not_hinder_setup() {
        app.ollama().close();

        var answer = setup("{\"api_key\":\"my-own-key\"}");

        assertThat(answer).isOk();
        assertThat(answer.json().path("ollama_connected").asBoolean()).isFalse();
        assertThat(answer.json().path("message").asText()).contains("Ollama does not answer");
        assertThat(app.with("my-own-key").get("/api/config/get")).isOk();
    }

    @Test
    void a_key_has_8_to_256_printable_characters() {
        for (var key : List.of("", "seven77", "x".repeat(257), "tab\there", "line\nbreak", " leading", "trailing ", "del\u007fete")) {
            assertThat(setup("{\"api_key\":" + Json.write(key) + "}")).isInvalid("body.api_key");
        }
        assertThat(setup("{\"api_key\":12345678}")).isInvalid("body.api_key");
    }

    @Test
    void a_key_may_have_any_printable_characters() {
        for (var key : List.of("8 chars!", "schlüssel-ß", "x".repeat(256), "🔑".repeat(256))) {
            assertThat(setup("{\"api_key\":" + Json.write(key) + "}")).isOk();
            assertThat(verify(key).json().path("valid").asBoolean()).as(key).isTrue();
        }
    }

    @Test
    void keys_that_differ_after_72_bytes_are_two_keys() {
        var first = "x".repeat(80) + "1";
        var second = "x".repeat(80) + "2";

        setup("{\"api_key\":\"" + first + "\"}");

        assertThat(verify(second).json().path("valid").asBoolean()).isFalse();
        assertThat(setup("{\"api_key\":\"" + second + "\"}").json().path("user_id").asLong()).isEqualTo(2);
    }

    @Test
    void an_ollama_url_is_http_without_credentials_and_leads_where_it_may() {
        for (var url : List.of("", "ollama", "ftp://127.0.0.1", "http://user:pass@127.0.0.1", "http://127.0.0.1/?a=b",
                "http://169.254.169.254/", "http://example.com")) {
            assertThat(setup("{\"api_key\":\"my-own-key\",\"ollama_url\":" + Json.write(url) + "}")).isInvalid("body.ollama_url");
        }
        assertThat(verify("my-own-key").json().path("valid").asBoolean()).as("nothing was saved").isFalse();
    }

    @Test
    void a_refused_url_changes_nothing_of_an_account_that_exists() {
        app.as("ada");
        var before = ollamaUrlOf("key-of-ada");

        assertThat(setup("{\"api_key\":\"key-of-ada\",\"ollama_url\":\"http://example.com\"}")).isInvalid("body.ollama_url");

        assertThat(ollamaUrlOf("key-of-ada")).isEqualTo(before);
    }

    @Test
    void a_race_for_one_key_makes_one_account() {
        var users = IntStream.range(0, 8).parallel()
                .mapToObj(i -> setup("{\"api_key\":\"my-own-key\"}").json().path("user_id").asLong())
                .toList();

        assertThat(users).containsOnly(1L);
    }

    @Test
    void a_key_is_nowhere_on_disk_but_as_a_hash() throws Exception {
        app.as("ada");

        try (var files = Files.list(app.database().getParent())) {
            for (var file : files.toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)).as(file.toString())
                        .doesNotContain("key-of-ada");
            }
        }
        assertThat(text("SELECT key_hash FROM api_keys")).startsWith("$2a$");
        assertThat(text("SELECT api_key_hash FROM users")).startsWith("$2a$");
    }

    @Test
    void a_key_that_has_expired_cannot_be_set_up_again() throws Exception {
        app.as("ada");
        execute("UPDATE api_keys SET expires_at = '2001-01-01T00:00:00.000Z'");
        app.restart();

        assertThat(setup("{\"api_key\":\"key-of-ada\"}")).isError(401, "Invalid API key");
        assertThat(app.with("key-of-ada").get("/api/config/get")).isError(401, "Invalid API key");
    }

    @Test
    void a_key_survives_a_restart() {
        app.as("ada");
        app.restart();

        assertThat(app.with("key-of-ada").get("/api/config/get")).isOk();
    }

    @Test
    void in_mode_first_only_the_first_account_can_be_made() {
        app.with("SETUP_MODE", "first").restart();

        assertThat(setup("{\"api_key\":\"first-key\"}")).isOk();
        assertThat(setup("{\"api_key\":\"second-key\"}")).hasStatus(403);
        assertThat(setup("{\"api_key\":\"first-key\"}")).isOk();
        assertThat(verify("second-key").json().path("valid").asBoolean()).isFalse();
    }

    @Test
    void in_mode_closed_no_account_can_be_made() {
        app.as("ada");
        app.with("SETUP_MODE", "closed").restart();

        assertThat(setup("{}")).hasStatus(403);
        assertThat(setup("{\"api_key\":\"key-of-ada\"}")).isOk();
    }

    private Answer setup(String json) {
        return app.anonymous().post("/api/auth/setup", json);
    }

    private Answer verify(String key) {
        return app.anonymous().post("/api/auth/verify", "{\"api_key\":" + Json.write(key) + "}");
    }

    private String ollamaUrlOf(String key) {
        return app.with(key).get("/api/config/get").json().path("ollama_url").asText();
    }

    private String text(String query) throws SQLException {
        try (var connection = TestDatabase.connect(app.database());
                var rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String statement) throws SQLException {
        try (var connection = TestDatabase.connect(app.database())) {
            connection.createStatement().executeUpdate(statement);
        }
    }
}
