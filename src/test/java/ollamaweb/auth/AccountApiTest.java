package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import ollamaweb.json.Json;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Answer;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void registering_makes_an_account_and_signs_it_in() {
        var answer = register("\" Ada@Example.org \"", "\"Correct horse 1\"", "\" Ada \"");

        assertThat(answer).hasStatus(201);
        assertThat(answer.json().path("message").asText()).isEqualTo("Success");
        assertThat(answer.json().path("timestamp").asText()).endsWith("Z");
        var data = answer.json().path("data");
        assertThat(data.fieldNames()).toIterable()
                .containsExactly("access_token", "refresh_token", "token_type", "expires_in", "user");
        assertThat(data.path("token_type").asText()).isEqualTo("bearer");
        assertThat(data.path("expires_in").asInt()).isEqualTo(900);
        assertThat(data.path("user").fieldNames()).toIterable()
                .containsExactly("id", "email", "display_name", "timezone", "is_admin", "created_at", "updated_at");
        assertThat(data.path("user").path("email").asText()).isEqualTo("Ada@Example.org");
        assertThat(data.path("user").path("display_name").asText()).isEqualTo("Ada");
        assertThat(data.path("user").path("timezone").asText()).isEqualTo("UTC");
        assertThat(app.with(data.path("access_token").asText()).get("/api/v1/users/me")).isOk();
    }

    @Test
    void the_first_account_is_the_admin() {
        assertThat(SignedInUser.registers(app, "ada").user().path("is_admin").asBoolean()).isTrue();
        assertThat(SignedInUser.registers(app, "bob").user().path("is_admin").asBoolean()).isFalse();
    }

    @Test
    void an_address_has_one_account_however_it_is_written() {
        SignedInUser.registers(app, "ada");

        var answer = register("\"ADA@example.ORG\"", "\"Correct horse 1\"", "\"Another\"");

        assertThat(answer).isJson("{\"detail\":\"Email is already registered\",\"status_code\":409}");
        assertThat(answer).hasStatus(409);
    }

    @Test
    void registrations_of_one_address_at_once_make_one_account() {
        var answers = IntStream.range(0, 3)
                .mapToObj(i -> Concurrently.supply(() -> register("\"ada@example.org\"", "\"Correct horse 1\"", "\"Ada\"")))
                .toList().stream().map(CompletableFuture::join).map(Answer::status).sorted().toList();

        assertThat(answers).isEqualTo(List.of(201, 409, 409));
    }

    @Test
    void what_does_not_look_like_an_address_is_refused() {
        for (var email : new String[] {"", "ada", "ada@", "@example.org", "ada@example", "a da@example.org", "ada@exa mple.org",
                "a@b@example.org",
                "ada@example..org", ".ada@example.org", "ada@-example.org", "ada\\n@example.org", "ada\\u200b@example.org",
                "1234567890123456789012345678901234567890123456789012345678901234x@example.org"}) {
            assertThat(register("\"" + email + "\"", "\"Correct horse 1\"", "\"Ada\"")).isInvalid("body.email");
        }
    }

    @Test
    void unusual_addresses_are_addresses() {
        for (var email : new String[] {"o'ada.lovelace+list@mail.example.co.uk", "ädä@exämple.org"}) {
            var answer = register("\"" + email + "\"", "\"Correct horse 1\"", "\"Ada\"");

            assertThat(answer).hasStatus(201);
            assertThat(answer.json().path("data").path("user").path("email").asText()).isEqualTo(email);
        }
    }

    @Test
    void a_password_that_is_too_easy_is_refused() {
        for (var password : new String[] {"null", "5", "\"Short1A\"", "\"no upper case 1\"", "\"No digit here\"",
                "\"Has U+0000 \\u0000 1\""}) {
            assertThat(register("\"ada@example.org\"", password, "\"Ada\"")).isInvalid("body.password");
        }
    }

    @Test
    void a_password_may_be_long_but_not_endless() {
        var longest = "Aa1" + "é".repeat(125);

        assertThat(register("\"ada@example.org\"", "\"" + longest + "x\"", "\"Ada\"")).isInvalid("body.password");
        assertThat(register("\"ada@example.org\"", "\"" + longest + "\"", "\"Ada\"")).hasStatus(201);
        assertThat(login("ada@example.org", longest.substring(0, 127) + "e")).hasStatus(401);
        assertThat(login("ada@example.org", longest)).isOk();
    }

    @Test
    void a_display_name_is_needed_and_fits_on_a_line() {
        for (var name : new String[] {"null", "\"\"", "\"  \"", "\"A\\u0007da\"", "\"line\\nbreak\""}) {
            assertThat(register("\"ada@example.org\"", "\"Correct horse 1\"", name)).isInvalid("body.display_name");
        }
    }

    @Test
    void signing_in_answers_as_registering_did() {
        SignedInUser.registers(app, "ada");

        var answer = login(" ADA@example.org ", SignedInUser.PASSWORD);

        assertThat(answer).isOk();
        assertThat(app.with(answer.json().path("data").path("access_token").asText()).get("/api/v1/users/me")).isOk();
        assertThat(answer.json().path("data").fieldNames()).toIterable()
                .containsExactly("access_token", "refresh_token", "token_type", "expires_in", "user");
    }

    @Test
    void an_account_without_a_password_cannot_be_entered_by_one() {
        app.as("ada").patch("/api/v1/users/me", "{\"email\":\"ada@example.org\"}");

        assertThat(login("ada@example.org", "")).isError(401, "Invalid email or password");
    }

    @Test
    void signing_in_needs_both_fields() {
        var answer = app.anonymous().post("/api/v1/auth/login", "{}");

        assertThat(answer).isInvalid("body.email").isInvalid("body.password");
        assertThat(answer.json().path("status_code").asInt()).isEqualTo(422);
    }

    @Test
    void logging_out_ends_the_session_with_all_its_tokens() {
        var ada = SignedInUser.registers(app, "ada");
        var elsewhere = ada.signsInAgain();
        assertThat(ada.client().get("/api/v1/users/me")).isOk();

        assertThat(ada.client().post("/api/v1/auth/logout", "")).isOk();

        assertThat(ada.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(ada.refreshes()).isError(401, "Invalid API key");
        assertThat(elsewhere.client().get("/api/v1/users/me")).isOk();
    }

    @Test
    void logging_out_with_a_refresh_token_ends_that_session_too() {
        var ada = SignedInUser.registers(app, "ada");
        var elsewhere = ada.signsInAgain();

        assertThat(ada.client().post("/api/v1/auth/logout", "{\"refresh_token\":\"" + elsewhere.refreshToken() + "\"}")).isOk();

        assertThat(elsewhere.client().get("/api/v1/users/me")).hasStatus(401);
        assertThat(elsewhere.refreshes()).hasStatus(401);
    }

    @Test
    void nobody_logs_out_somebody_else() {
        var ada = SignedInUser.registers(app, "ada");
        var bob = app.as("bob");

        assertThat(bob.post("/api/v1/auth/logout", "{\"refresh_token\":\"" + ada.refreshToken() + "\"}")).isOk();
        assertThat(bob.post("/api/v1/auth/logout", "{\"refresh_token\":\"nonsense\"}")).isOk();

        assertThat(ada.client().get("/api/v1/users/me")).isOk();
        assertThat(bob.get("/api/v1/users/me")).isOk();
    }

    @Test
    void only_who_is_signed_in_can_log_out() {
        assertThat(app.anonymous().post("/api/v1/auth/logout", ""))
                .isJson("{\"detail\":\"API key is required\",\"status_code\":401}");
    }

    @Test
    void sessions_and_what_ended_them_last_over_a_restart() {
        var ada = SignedInUser.registers(app, "ada");
        var gone = ada.signsInAgain();
        gone.client().post("/api/v1/auth/logout", "");

        app.restart();

        assertThat(app.with(ada.accessToken()).get("/api/v1/users/me")).isOk();
        assertThat(app.with(gone.accessToken()).get("/api/v1/users/me")).hasStatus(401);
        assertThat(gone.refreshes()).hasStatus(401);
        assertThat(ada.refreshes()).isOk();
        assertThat(ada.signsInAgain().client().get("/api/v1/users/me")).isOk();
    }

    @Test
    void signing_in_clears_away_sessions_that_are_long_over() {
        var ada = SignedInUser.registers(app, "ada");
        app.clock().advance(Duration.ofDays(8));

        ada.signsInAgain();

        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM sessions")).isEqualTo("1");
    }

    private Answer register(String email, String password, String displayName) {
        return app.anonymous().post("/api/v1/auth/register",
                "{\"email\":%s,\"password\":%s,\"display_name\":%s}".formatted(email, password, displayName));
    }

    private Answer login(String email, String password) {
        return app.anonymous().post("/api/v1/auth/login",
                "{\"email\":%s,\"password\":%s}".formatted(Json.write(email), Json.write(password)));
    }
}
