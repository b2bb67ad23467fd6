package ollamaweb.upstreams;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamApiTest {

    private static final String KEY = "sk-very-secret-0123456789";

    @RegisterExtension
    static final TestApp app = new TestApp()
            .with("OPENAI_API_KEY", "sk-of-the-server").with("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
            .with("OLLAMA_ALLOWED_HOSTS", "gpu.lan:8080");

    @BeforeAll
    static void the_first_is_the_admin() {
        app.as("admin");
    }

    @Test
    void one_is_added_shown_changed_and_deleted() {
        var ada = app.as("ada");

        var made = ada.post("/api/upstreams", draft("cloud", "https://api.openai.com/v1/"));
        assertThat(made).hasStatus(201);
        var path = "/api/upstreams/" + made.json().path("id").asLong();
        assertThat(made.headers().get("Location")).isEqualTo(path);
        assertThat(ada.get(path).json()).isEqualTo(made.json());
        assertThat(made.json().path("url").asText()).isEqualTo("https://api.openai.com/v1");
        assertThat(made.json().path("priority").asInt()).isEqualTo(100);
        assertThat(made.json().path("enabled").asBoolean()).isTrue();

        var changed = ada.patch(path, "{\"name\":\"sky\",\"enabled\":false,\"priority\":1}");
        assertThat(changed.json().path("name").asText()).isEqualTo("sky");
        assertThat(changed.json().path("has_api_key").asBoolean()).as("what is missing stays").isTrue();
        assertThat(ada.patch(path, "{\"api_key\":null}").json().path("has_api_key").asBoolean()).isFalse();
        assertThat(ada.get("/api/upstreams").json().at("/upstreams/0/name").asText()).isEqualTo("sky");

        assertThat(ada.delete(path)).isOk();
        assertThat(ada.get(path)).isError(404, "Upstream not found");
    }

    @Test
    void a_key_is_never_shown_again_and_not_on_disk_as_it_is() throws Exception {
        var bob = app.as("bob");

        var made = bob.post("/api/upstreams", draft("cloud", "https://api.openai.com"));
        var path = "/api/upstreams/" + made.json().path("id").asLong();

        for (var answer : new Answer[] {made, bob.get(path), bob.get("/api/upstreams"), bob.patch(path, "{\"priority\":2}")}) {
            assertThat(answer.body()).contains("\"has_api_key\":true").doesNotContain(KEY, "sk-of-the-server");
        }
        assertThat(Rows.one(app.database(), "SELECT api_key FROM upstreams WHERE id = " + made.json().path("id").asLong()))
                .isNotBlank().doesNotContain(KEY);
    }

    @Test
    void one_that_the_settings_name_is_listed_and_nobody_changes_it() {
        var listed = app.as("carol").get("/api/upstreams").json().at("/upstreams/0");

        assertThat(listed.path("name").asText()).isEqualTo("openai");
        assertThat(listed.path("id").isNull()).isTrue();
        assertThat(listed.path("shared").asBoolean()).isTrue();
        assertThat(listed.path("editable").asBoolean()).isFalse();
        assertThat(app.as("admin").post("/api/upstreams", shared("openai"))).isError(409, "There is an upstream of this name");
    }

    @Test
    void shared_ones_are_seen_by_all_and_changed_by_admins() {
        var admin = app.as("admin");
        var dora = app.as("dora");
        assertThat(dora.post("/api/upstreams", shared("all"))).isError(403, "Only admins may have and change upstreams that are shared");

        var made = admin.post("/api/upstreams", shared("all"));
        assertThat(made).hasStatus(201);
        var path = "/api/upstreams/" + made.json().path("id").asLong();

        var seen = dora.get(path).json();
        assertThat(seen.path("editable").asBoolean()).isFalse();
        assertThat(seen.path("has_api_key").asBoolean()).isTrue();
        assertThat(dora.get("/api/upstreams").body()).contains("\"name\":\"all\"");
        assertThat(dora.patch(path, "{\"enabled\":false}")).hasStatus(403);
        assertThat(dora.delete(path)).hasStatus(403);
        assertThat(admin.delete(path)).isOk();
        assertThat(dora.get(path)).hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "http://gpu.lan:8080 | 201",
            "https://api.anthropic.com | 201",
            "http://api.openai.com | 422",
            "https://api.openai.com:8443 | 422",
            "https://openai.example.org | 422",
            "http://127.0.0.1:22 | 422",
            "http://169.254.169.254 | 422",
            "ftp://gpu.lan:8080 | 422",
            "http://me:you@gpu.lan:8080 | 422",
            "http://gpu.lan:8080?x | 422"})
    void an_accounts_own_is_where_the_server_lets_accounts_lead(String url, int status) {
        var made = app.as("eve").post("/api/upstreams", draft("at " + status + url.hashCode(), url));

        assertThat(made).hasStatus(status);
        if (status == 422) {
            assertThat(made.body()).contains("[\"body\",\"url\"]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "name | \"a/b\"", "name | \"\"", "name | \" a\"", "name | \"ollama\"", "name | \"a\\u0007\"", "name | null",
            "kind | \"gemini\"",
            "url | null", "api_key | \"two words\"", "api_key | \"\"", "priority | -1", "priority | 1001", "enabled | \"yes\""})
    void what_is_wrong_is_named(String field, String value) {
        var fields = new String[] {"\"name\":\"ok\"", "\"kind\":\"openai\"", "\"url\":\"https://api.openai.com\""};
        var rest = new StringBuilder();
        for (var each : fields) {
            rest.append(each.startsWith("\"" + field + "\"") ? "" : "," + each);
        }

        var refused = app.as("fay").post("/api/upstreams", "{\"" + field + "\":" + value + rest + "}");

        assertThat(refused).hasStatus(422);
        assertThat(refused.body()).contains("[\"body\",\"" + field + "\"]");
    }

    @Test
    void a_name_is_there_once_and_an_account_has_no_more_than_twenty() {
        var gil = app.as("gil");
        for (int i = 0; i < 20; i++) {
            assertThat(gil.post("/api/upstreams", draft("n" + i, "http://gpu.lan:8080"))).hasStatus(201);
        }
        var path = "/api/upstreams/" + gil.get("/api/upstreams").json().at("/upstreams/1/id").asLong();

        assertThat(gil.post("/api/upstreams", draft("n20", "http://gpu.lan:8080")))
                .isError(409, "An account can have at most 20 upstreams");
        assertThat(gil.patch(path, "{\"name\":\"n0\"}")).isError(409, "There is an upstream of this name");
        assertThat(gil.patch(path, "{\"name\":\"n1\"}")).isOk();
        assertThat(app.as("hal").post("/api/upstreams", draft("n0", "http://gpu.lan:8080"))).hasStatus(201);
    }

    static String draft(String name, String url) {
        return "{\"name\":\"" + name + "\",\"kind\":\"openai\",\"url\":\"" + url + "\",\"api_key\":\"" + KEY + "\"}";
    }

    private static String shared(String name) {
        return "{\"shared\":true," + draft(name, "http://somewhere.example.org:1234").substring(1);
    }
}
