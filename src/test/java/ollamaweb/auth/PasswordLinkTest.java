package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links that admins make for who forgot the password. */
@Timeout(60)
class PasswordLinkTest {

    private static final String NEW_PASSWORD = "Another horse 2";

    @RegisterExtension
    static final TestApp app = new TestApp();

    private Client admin;
    private SignedInUser bob;

    @BeforeEach
    void people() {
        admin = app.as("admin");
        bob = SignedInUser.registers(app, "bob-" + UUID.randomUUID());
    }

    @Test
    void a_link_sets_a_new_password_once_and_ends_all_sessions() {
        var key = bob.withKey();
        var made = admin.post(path(bob) + "/password-reset", "");
        assertThat(made).hasStatus(201);
        var token = made.json().at("/data/token").asText();
        assertThat(made.json().at("/data/url").asText()).endsWith("#" + token);

        assertThat(reset(token, "weak")).isInvalid("body.password");
        assertThat(reset(token, NEW_PASSWORD)).isOk();

        assertThat(bob.client().get("/api/v1/users/me")).hasStatus(401);
        assertThat(bob.signsIn(SignedInUser.PASSWORD)).hasStatus(401);
        assertThat(bob.signsIn(NEW_PASSWORD)).isOk();
        assertThat(key.get("/api/v1/users/me")).isOk();
        assertThat(reset(token, NEW_PASSWORD)).hasStatus(401);
    }

    @Test
    void a_link_works_for_an_hour_until_a_newer_one_is_made_and_while_the_account_is_enabled() {
        var first = resetOf(bob);
        var second = resetOf(bob);
        assertThat(reset(first, NEW_PASSWORD)).isError(401, "This link is not valid any more; ask an admin for a new one");

        assertThat(admin.patch(path(bob), "{\"disabled\":true}")).isOk();
        assertThat(reset(second, NEW_PASSWORD)).hasStatus(401);
        assertThat(admin.post(path(bob) + "/password-reset", "")).isError(409, "The account is disabled");
        assertThat(admin.patch(path(bob), "{\"disabled\":false}")).isOk();
        assertThat(reset(second, NEW_PASSWORD)).hasStatus(401);

        var third = resetOf(bob);
        app.clock().advance(Duration.ofHours(1));
        assertThat(reset(third, NEW_PASSWORD)).hasStatus(401);
    }

    @Test
    void an_account_without_an_address_has_no_password_to_set() {
        long id = app.as("keys-only").get("/api/v1/users/me").json().at("/data/id").asLong();

        assertThat(admin.post("/api/v1/users/" + id + "/password-reset", ""))
                .isError(409, "The account has no e-mail address to sign in with");
    }

    private String resetOf(SignedInUser user) {
        return admin.post(path(user) + "/password-reset", "").json().at("/data/token").asText();
    }

    private static Answer reset(String token, String password) {
        return app.anonymous().post("/api/v1/auth/password-reset", "{\"token\":\"" + token + "\",\"password\":\"" + password + "\"}");
    }

    private static String path(SignedInUser user) {
        return "/api/v1/users/" + user.id();
    }
}
