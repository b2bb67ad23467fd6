package ollamaweb.users;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has only a session or a key cannot take the account away from its owner. */
class EmailChangeTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    private Client ada;

    @BeforeEach
    void somebody() {
        ada = SignedInUser.registers(app, "ada").client();
    }

    @Test
    void another_address_asks_for_the_password() {
        assertThat(change("{\"email\":\"mallory@example.org\"}")).isInvalid("body.current_password");
        assertThat(change("{\"email\":\"mallory@example.org\",\"current_password\":\"Wrong horse 1\"}")).isInvalid("body.current_password");
        assertThat(email()).isEqualTo("ada@example.org");

        assertThat(change("{\"email\":\"ada@example.net\",\"current_password\":\"" + SignedInUser.PASSWORD + "\"}")).isOk();

        assertThat(email()).isEqualTo("ada@example.net");
    }

    @Test
    void a_key_of_the_account_does_not_do_instead() {
        var key = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().path("data").path("api_key").asText();

        assertThat(app.with(key).patch("/api/v1/users/me", "{\"email\":\"mallory@example.org\"}")).isInvalid("body.current_password");
    }

    @Test
    void everything_else_and_the_same_address_do_not_ask_for_it() {
        assertThat(change("{\"email\":\"ada@example.org\",\"display_name\":\"Countess\",\"timezone\":\"Europe/London\"}")).isOk();
    }

    @Test
    void an_account_without_a_password_needs_none() {
        assertThat(app.as("bob").patch("/api/v1/users/me", "{\"email\":\"bob@example.org\"}")).isOk();
        assertThat(app.as("bob").patch("/api/v1/users/me", "{\"email\":\"bob@example.net\"}")).isOk();
    }

    private Answer change(String json) {
        return ada.patch("/api/v1/users/me", json);
    }

    private String email() {
        return ada.get("/api/v1/users/me").json().path("data").path("email").asText();
    }
}
