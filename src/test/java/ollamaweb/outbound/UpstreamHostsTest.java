package ollamaweb.outbound;

import static ollamaweb.testing.Answer.assertThat;

import ollamaweb.json.Json;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Host and port are allowed together. */
class UpstreamHostsTest {

    @RegisterExtension
    final TestApp plain = new TestApp().with("OLLAMA_URL", "http://localhost:11434");

    @RegisterExtension
    final TestApp elsewhere = new TestApp().with("OLLAMA_URL", "http://localhost:11999");

    @RegisterExtension
    final TestApp named = new TestApp().with("OLLAMA_URL", "http://127.0.0.1:11999")
            .with("OLLAMA_ALLOWED_HOSTS", "127.0.0.1, GPU.lan, models.lan:8080, [fd00::1], [fd00::2]:9000");

    @Test
    void by_itself_loopback_is_open_where_an_ollama_listens_and_nowhere_else() {
        allows(plain, "http://localhost:11434", "http://127.0.0.1:11434", "http://[::1]:11434");
        refuses(plain, "http://localhost:21888/admin/x", "http://127.0.0.1:21888", "http://[::1]:22", "http://localhost",
                "https://localhost");
    }

    @Test
    void an_ollama_url_with_a_port_of_its_own_opens_that_one_too() {
        allows(elsewhere, "http://localhost:11999", "http://127.0.0.1:11999", "http://localhost:11434");
        refuses(elsewhere, "http://localhost:11998");
    }

    @Test
    void an_entry_without_a_port_is_any_port_of_the_servers_own_host_and_ollamas_port_of_others() {
        allows(named, "http://127.0.0.1:11999", "http://127.0.0.1:5", "http://gpu.lan:11434", "http://models.lan:8080",
                "http://[fd00::1]:11434", "http://[fd00:0::1]:11434", "http://[fd00::2]:9000");
        refuses(named, "http://gpu.lan", "http://gpu.lan:8080", "http://models.lan:11434", "http://[fd00::1]:9000",
                "http://[fd00::2]:11434", "http://localhost:11434");
    }

    private static void allows(TestApp app, String... urls) {
        for (var url : urls) {
            assertThat(app.as("ada").post("/api/config/save", body(url))).as(url).isOk();
        }
    }

    private static void refuses(TestApp app, String... urls) {
        for (var url : urls) {
            assertThat(app.as("ada").post("/api/config/save", body(url))).as(url).isInvalid("body.ollama_url");
        }
    }

    private static String body(String url) {
        return "{\"ollama_url\":" + Json.write(url) + "}";
    }
}
