package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PasswordApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_new_password_ends_all_other_sessions_and_leaves_the_keys() {
        var ada = SignedInUser.registers(app, "ada");
        var elsewhere = ada.signsInAgain();
        var key = ada.client().post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().path("data").path("api_key").asText();
        assertThat(elsewhere.client().get("/api/v1/users/me")).isOk();

        var answer = ada.client().post("/api/v1/users/me/password",
                "{\"current_password\":\"" + SignedInUser.PASSWORD + "\",\"new_password\":\"Battery staple 2\"}");

        assertThat(answer).isOk();
        assertThat(elsewhere.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(elsewhere.refreshes()).isError(401, "Invalid API key");
        assertThat(ada.client().get("/api/v1/users/me")).isOk();
        assertThat(ada.refreshes()).isOk();
        assertThat(app.with(key).get("/api/v1/users/me")).isOk();
        assertThat(login("ada@example.org", SignedInUser.PASSWORD)).isEqualTo(401);
        assertThat(login("ada@example.org", "Battery staple 2")).isEqualTo(200);
    }

    @Test
    void the_current_password_has_to_be_given_and_right() {
        var ada = SignedInUser.registers(app, "ada").client();

        assertThat(ada.post("/api/v1/users/me/password", "{\"new_password\":\"Battery staple 2\"}"))
                .isInvalid("body.current_password");
        assertThat(ada.post("/api/v1/users/me/password", "{\"current_password\":\"Wrong horse 1\",\"new_password\":\"Battery staple 2\"}"))
                .isInvalid("body.current_password");
        assertThat(ada.get("/api/v1/users/me")).isOk();
    }

    @Test
    void a_new_password_must_not_be_too_easy() {
        var bob = app.as("bob");

        assertThat(bob.post("/api/v1/users/me/password", "{}")).isInvalid("body.new_password");
        assertThat(bob.post("/api/v1/users/me/password", "{\"new_password\":\"easy\"}")).isInvalid("body.new_password");
    }

    @Test
    void somebody_with_a_key_adds_an_address_and_a_password_and_signs_in() {
        var bob = app.as("bob");

        assertThat(bob.patch("/api/v1/users/me", "{\"email\":\"bob@example.org\"}")).isOk();
        assertThat(bob.post("/api/v1/users/me/password", "{\"new_password\":\"Battery staple 2\"}")).isOk();

        assertThat(login("bob@example.org", "Battery staple 2")).isEqualTo(200);
    }

    @Test
    void a_password_is_changed_by_its_owner_only() {
        assertThat(app.anonymous().post("/api/v1/users/me/password", "{\"new_password\":\"Battery staple 2\"}"))
                .isError(401, "API key is required");
    }

    private int login(String email, String password) {
        return app.anonymous().post("/api/v1/auth/login",
                "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password)).status();
    }
}
