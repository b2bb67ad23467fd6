package ollamaweb.config;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConfigApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_new_account_has_the_servers_ollama_and_no_settings() {
        assertThat(app.as("ada").get("/api/config/get")).isOk()
                .isJson("{\"ollama_url\":\"" + app.ollama().url() + "\",\"settings\":{},\"user_id\":1}");
    }

    @Test
    void settings_are_kept() {
        var ada = app.as("ada");

        assertThat(save(ada, "{\"theme\":\"dark\"}")).isOk()
                .isJson("{\"success\":true,\"message\":\"Configuration saved successfully.\"}");

        app.restart();
        assertThat(settings(app.with("key-of-ada"))).isEqualTo("{\"theme\":\"dark\"}");
    }

    @Test
    void settings_merge_by_key_and_null_removes_one() {
        var ada = app.as("ada");
        save(ada, "{\"theme\":\"dark\",\"size\":1,\"old\":true}");

        save(ada, "{\"size\":2,\"old\":null,\"new\":[],\"never\":null}");

        assertThat(settings(ada)).isEqualTo("{\"theme\":\"dark\",\"size\":2,\"new\":[]}");
    }

    @Test
    void a_value_that_is_an_object_is_replaced_whole() {
        var ada = app.as("ada");
        save(ada, "{\"editor\":{\"font\":\"mono\",\"size\":9}}");

        save(ada, "{\"editor\":{\"size\":10}}");

        assertThat(settings(ada)).isEqualTo("{\"editor\":{\"size\":10}}");
    }

    @Test
    void a_value_comes_back_as_the_json_it_went_in() {
        var ada = app.as("ada");

        for (var value : List.of("1.10", "0.1", "1.0", "-0", "123456789012345678901234567890", "3.141592653589793238462643383279",
                "true", "false", "\"\"", "\"5\"", "\"grüße 日本 🙂\"", "\"a\\\"b\\\\c\\n\\t\"", "[]", "{}", "[1,\"1\",1.50,null,[true]]",
                "{\"b\":1,\"a\":{\"deep\":[{\"null\":null}]}}")) {
            save(ada, "{\"value\":" + value + "}");
            assertThat(settings(ada)).isEqualTo("{\"value\":" + value.replace("-0", "0") + "}");
        }
    }

    @Test
    void numbers_keep_their_value_whatever_their_size() {
        var ada = app.as("ada");

        save(ada, "{\"large\":1e400,\"small\":1E-400}");

        var kept = ada.get("/api/config/get").json().path("settings");
        assertThat(kept.path("large").decimalValue()).isEqualByComparingTo("1e400");
        assertThat(kept.path("small").decimalValue()).isEqualByComparingTo("1e-400");
    }

    @Test
    void a_key_is_any_text_of_1_to_100_characters() {
        var ada = app.as("ada");

        for (var key : List.of("x".repeat(100), "ключ", "🙂".repeat(100), "a.b/c d\\\"e")) {
            assertThat(save(ada, "{\"" + key + "\":1}")).isOk();
            assertThat(settings(ada)).contains("\"" + key + "\":1");
        }
        assertThat(save(ada, "{\"\\ud83d\\ude42\":2}")).isOk();
        assertThat(settings(ada)).contains("\"🙂\":2");
        for (var key : List.of("", "x".repeat(101), "nul\\u0000", "half\\ud800")) {
            assertThat(save(ada, "{\"" + key + "\":1}")).isInvalid("body.settings");
        }
    }

    @Test
    void a_value_has_at_most_64_kib() {
        var ada = app.as("ada");

        assertThat(save(ada, "{\"v\":\"" + "x".repeat(64 * 1024 - 2) + "\"}")).isOk();
        assertThat(save(ada, "{\"v\":\"" + "x".repeat(64 * 1024 - 1) + "\"}")).isInvalid("body.settings");
        assertThat(save(ada, "{\"v\":\"" + "é".repeat(32 * 1024) + "\"}")).isInvalid("body.settings");
    }

    @Test
    void at_most_200_keys_are_kept() {
        var ada = app.as("ada");

        assertThat(save(ada, keys(0, 200))).isOk();
        assertThat(save(ada, "{\"k0\":1,\"one-more\":1}")).isInvalid("body.settings");
        assertThat(settings(ada)).doesNotContain("one-more").contains("\"k0\":0");
        assertThat(save(ada, "{\"k0\":null,\"one-more\":1}")).isOk();
        assertThat(save(app.as("bob"), keys(0, 201))).isInvalid("body.settings");
    }

    @Test
    void an_ollama_url_is_kept_in_its_plain_form() {
        var ada = app.as("ada");

        assertThat(ada.post("/api/config/save", "{\"ollama_url\":\" HTTP://LocalHost:11434/ollama/ \"}")).isOk();

        assertThat(ada.get("/api/config/get").json().path("ollama_url").asText()).isEqualTo("http://localhost:11434/ollama");
    }

    @Test
    void nothing_is_saved_from_a_refused_request() {
        var ada = app.as("ada");
        var before = ada.get("/api/config/get").body();

        assertThat(ada.post("/api/config/save", "{\"ollama_url\":\"http://example.com\",\"settings\":{\"theme\":\"dark\"}}"))
                .isInvalid("body.ollama_url");
        assertThat(ada.post("/api/config/save", "{\"ollama_url\":\"http://localhost:11434\",\"settings\":{\"good\":1,\"\":2}}"))
                .isInvalid("body.settings");
        assertThat(ada.post("/api/config/save", "{\"ollama_url\":\"http://localhost:11434\",\"settings\":" + keys(0, 201) + "}"))
                .isInvalid("body.settings");
        assertThat(ada.post("/api/config/save", "{\"ollama_url\":5,\"settings\":{\"good\":1}}")).isInvalid("body.ollama_url");

        assertThat(ada.get("/api/config/get").body()).isEqualTo(before);
    }

    @Test
    void settings_are_an_object() {
        var ada = app.as("ada");

        for (var settings : List.of("[]", "\"x\"", "5", "true")) {
            assertThat(save(ada, settings)).isInvalid("body.settings");
        }
        assertThat(save(ada, "null")).isOk();
        assertThat(ada.post("/api/config/save", "{}")).isOk();
    }

    @Test
    void a_duplicate_key_is_malformed_at_any_depth() {
        var ada = app.as("ada");

        assertThat(save(ada, "{\"a\":1,\"a\":2}")).hasStatus(400);
        assertThat(save(ada, "{\"a\":{\"b\":1,\"b\":2}}")).hasStatus(400);
        assertThat(settings(ada)).isEqualTo("{}");
    }

    @Test
    void nobody_sees_or_changes_anothers_settings() {
        save(app.as("ada"), "{\"theme\":\"dark\"}");

        save(app.as("bob"), "{\"theme\":null,\"size\":1}");

        assertThat(settings(app.as("ada"))).isEqualTo("{\"theme\":\"dark\"}");
        assertThat(settings(app.as("bob"))).isEqualTo("{\"size\":1}");
    }

    @Test
    void far_too_many_settings_are_refused_before_anybody_waits_for_them() throws Exception {
        var ada = app.as("ada");
        try (var other = TestDatabase.connect(app.database())) {
            TestDatabase.lock(other);

            var answer = save(ada, keys(0, 30_000));

            assertThat(answer).isInvalid("body.settings");
            assertThat(answer.json().path("errors")).hasSize(1);
            assertThat(save(ada, keys(0, 30_000).replaceAll(":[^,}]+", ":null"))).isInvalid("body.settings");
        }
    }

    private static Answer save(Client user, String settings) {
        return user.post("/api/config/save", "{\"settings\":" + settings + "}");
    }

    /** @return the settings as the text that came over the wire */
    private static String settings(Client user) {
        var body = user.get("/api/config/get").body();
        return body.substring(body.indexOf("\"settings\":") + "\"settings\":".length(), body.lastIndexOf(",\"user_id\""));
    }

    private static String keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(",", "{", "}"));
    }
}
