package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session ends thirty days after its sign-in. */
class SessionEndTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @RegisterExtension
    final TestApp patient = new TestApp()
            .with("JWT_ACCESS_TOKEN_EXPIRE_MINUTES", "525600").with("JWT_REFRESH_TOKEN_EXPIRE_DAYS", "365");

    @Test
    void it_ends_however_often_it_was_refreshed() {
        var ada = SignedInUser.registers(app, "ada");
        for (int day = 5; day < 30; day += 5) {
            app.clock().advance(Duration.ofDays(5));
            ada = ada.with(ada.refreshes());
        }
        app.clock().advance(Duration.ofDays(5).minusMinutes(5));
        var last = ada.refreshes();
        assertThat(last).isOk();
        assertThat(last.json().path("data").path("expires_in").asInt()).as("no longer than the session").isBetween(200, 300);
        ada = ada.with(last);
        assertThat(ada.client().get("/api/v1/users/me")).isOk();

        app.clock().advance(Duration.ofMinutes(5));

        assertThat(ada.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(ada.refreshes()).isError(401, "Invalid API key");
    }

    @Test
    void longer_lives_of_tokens_do_not_outlive_it() {
        var ada = SignedInUser.registers(patient, "ada");
        patient.clock().advance(Duration.ofDays(29));
        assertThat(ada.client().get("/api/v1/users/me")).isOk();

        patient.clock().advance(Duration.ofDays(1));

        assertThat(ada.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(ada.refreshes()).isError(401, "Invalid API key");
    }

    @Test
    void a_token_that_was_given_a_longer_life_before_ends_with_it_too() {
        var ada = SignedInUser.registers(patient, "ada");
        Rows.change(patient.database(), "UPDATE sessions SET created_at = '2025-12-01T00:00:00.000Z'");

        assertThat(ada.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(ada.refreshes()).isError(401, "Invalid API key");
    }
}
