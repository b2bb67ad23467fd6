package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VerifyApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_good_key_is_valid() {
        app.as("ada");

        assertThat(verify("{\"api_key\":\"key-of-ada\"}")).isOk()
                .isJson("{\"valid\":true,\"message\":\"API key is valid.\",\"user_id\":1}");
    }

    @Test
    void a_wrong_key_is_not_valid_and_no_error() {
        app.as("ada");

        for (var key : List.of("key-of-bob", "", "k", "key-of-ada ", "KEY-OF-ADA", "x".repeat(5000))) {
            assertThat(verify("{\"api_key\":\"" + key + "\"}")).isOk()
                    .isJson("{\"valid\":false,\"message\":\"Invalid API key.\",\"user_id\":null}");
        }
    }

    @Test
    void guessing_keys_costs_no_hash() {
        app.as("ada");
        long before = cpuNanosOfTheLane();

        for (int i = 0; i < 100; i++) {
            assertThat(verify("{\"api_key\":\"key-of-nobody-" + i + "\"}")).isOk();
            assertThat(app.with("key-of-nobody-" + i).get("/api/config/get")).isError(401, "Invalid API key");
        }

        // One hash takes some 50 ms.
        assertThat(cpuNanosOfTheLane() - before).isLessThan(Duration.ofMillis(20).toNanos());
    }

    private static long cpuNanosOfTheLane() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("key-hashing"))
                .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
                .sum();
    }

    @Test
    void a_key_has_to_be_given_as_text() {
        assertThat(verify("{}")).isInvalid("body.api_key");
        assertThat(verify("{\"api_key\":null}")).isInvalid("body.api_key");
        assertThat(verify("{\"api_key\":5}")).isInvalid("body.api_key");
        assertThat(verify("\"key-of-ada\"")).hasStatus(400);
    }

    private Answer verify(String json) {
        return app.anonymous().post("/api/auth/verify", json);
    }
}
