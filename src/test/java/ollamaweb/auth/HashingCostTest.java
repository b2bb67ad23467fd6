package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import ollamaweb.testing.Answer;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The work that a server puts into a hash; other tests put in less. */
class HashingCostTest {

    private static final String REFUSED = "{\"detail\":\"Invalid email or password\",\"status_code\":401}";

    @RegisterExtension
    final TestApp app = new TestApp().withStandardHashing();

    @Test
    void a_password_is_hashed_with_cost_12_and_a_key_with_cost_10() {
        SignedInUser.registers(app, "ada").client().post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}");
        app.as("bob");

        assertThat(Rows.one(app.database(), "SELECT password_hash FROM users WHERE password_hash IS NOT NULL")).startsWith("$2a$12$");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM api_keys WHERE key_hash NOT LIKE '$2a$10$%'")).isEqualTo("0");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM api_keys")).isEqualTo("2");
    }

    @Test
    void a_wrong_password_and_an_unknown_address_get_the_same_answer_for_the_same_work() {
        SignedInUser.registers(app, "ada");
        assertThat(login("ada@example.org", "Warms 1 up")).hasStatus(401);

        var wrong = hashing(() -> assertThat(login("ada@example.org", "Wrong horse 1")).isJson(REFUSED));
        var unknown = hashing(() -> assertThat(login("bob@example.org", "Wrong horse 1")).isJson(REFUSED));

        assertThat(unknown).isBetween(wrong.dividedBy(2), wrong.multipliedBy(2));
    }

    /** @return what the pool of the passwords computed meanwhile; time on the wall depends on who else is computing */
    private static Duration hashing(Runnable work) {
        long before = cpuNanosOfPool();
        work.run();
        return Duration.ofNanos(cpuNanosOfPool() - before);
    }

    private static long cpuNanosOfPool() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("password-hashing"))
                .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
                .sum();
    }

    private Answer login(String email, String password) {
        return app.anonymous().post("/api/v1/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }
}
