package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClosedRegistrationTest {

    @RegisterExtension
    final TestApp app = new TestApp().with("SETUP_MODE", "first");

    @Test
    void where_only_the_first_may_come_nobody_registers_after_them() {
        assertThat(register("ada")).hasStatus(201);

        assertThat(register("bob")).isJson("{\"detail\":\"Registration is closed on this server\",\"status_code\":403}");
        assertThat(app.anonymous().post("/api/auth/setup", "{}")).hasStatus(403);
    }

    @Test
    void where_registration_is_closed_nobody_registers() {
        app.with("SETUP_MODE", "closed").restart();

        assertThat(register("ada")).isError(403, "Registration is closed on this server");
    }

    private Answer register(String name) {
        return app.anonymous().post("/api/v1/auth/register",
                "{\"email\":\"%s@example.org\",\"password\":\"Correct horse 1\",\"display_name\":\"%1$s\"}".formatted(name));
    }
}
