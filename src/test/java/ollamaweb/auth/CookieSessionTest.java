package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.SqliteOnly;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieSessionTest {

    private static final String SESSION = "/api/v1/auth/session";
    private static final String ADA = "{\"email\":\"ada@example.org\",\"password\":\"Analytical1843\"}";
    private static final String NEW_ADA = "{\"email\":\"ada@example.org\",\"password\":\"Analytical1843\",\"display_name\":\"Ada\"}";

    @RegisterExtension
    final TestApp app = new TestApp();

    private final CookieCaller page = new CookieCaller(app);

    @Test
    void nobody_is_signed_in_at_first_and_an_account_can_be_made() {
        var session = app.anonymous().get(SESSION);

        assertThat(session).isOk();
        assertThat(data(session)).isEqualTo(json("""
            {"user":null,"expires_at":null,"first_start":true,"registration_open":true}"""));
    }

    @Test
    void signing_in_by_email_and_password_sets_a_cookie_that_no_script_can_read() {
        registered();

        var answer = app.anonymous().post(SESSION, ADA);

        assertThat(answer).isOk();
        assertThat(answer.headers().get("Set-Cookie")).matches(
                "ollama_web=[A-Za-z0-9_-]{43}; Path=/; (Expires=[^;]+; )?Max-Age=2592000; HttpOnly; SameSite=Strict");
        assertThat(data(answer).at("/user/email").asText()).isEqualTo("ada@example.org");
        assertThat(data(answer).path("first_start").asBoolean()).isFalse();
        assertThat(answer.body()).doesNotContain("token").doesNotContain(CookieCaller.cookie(answer));
    }

    @Test
    void registering_ends_in_a_session_too_and_without_a_token() {
        var answer = app.anonymous().post(SESSION + "/register", NEW_ADA);

        assertThat(answer).hasStatus(201);
        assertThat(answer.body()).doesNotContain("token");
        assertThat(page.own(CookieCaller.cookie(answer), "GET", "/api/v1/users/me")).isOk();
        assertThat(data(app.anonymous().get(SESSION)).path("first_start").asBoolean()).isFalse();
    }

    @Test
    void the_cookie_opens_both_families_and_tells_who_is_signed_in() {
        var cookie = signedIn();

        assertThat(page.own(cookie, "GET", "/api/config/get")).isOk();
        assertThat(page.own(cookie, "GET", "/api/v1/tasks/")).isOk();
        assertThat(page.own(cookie, "POST", "/api/conversations", "{\"model_name\":\"tiny\"}")).hasStatus(201);
        var session = page.own(cookie, "GET", SESSION);
        assertThat(data(session).at("/user/display_name").asText()).isEqualTo("Ada");
        assertThat(data(session).path("expires_at").asText()).isNotEmpty();
    }

    @Test
    void a_bearer_token_is_believed_before_the_cookie() {
        var cookie = signedIn();
        var bob = app.as("bob");

        var me = bob.send(bob.request("/api/v1/users/me").header("Cookie", "ollama_web=" + cookie).build());

        assertThat(data(me).path("email").isNull()).isTrue();
        assertThat(page.by(cookie, "GET", "/api/config/get", "Sec-Fetch-Site", "same-origin", "Authorization", "Bearer wrong"))
                .isError(401, "Invalid API key");
    }

    @Test
    void signing_out_ends_the_session_and_takes_the_cookie() {
        var cookie = signedIn();

        var answer = page.own(cookie, "DELETE", SESSION);

        assertThat(answer).isOk();
        assertThat(answer.headers().get("Set-Cookie")).startsWith("ollama_web=;").contains("Expires=Thu, 01 Jan 1970");
        assertThat(page.own(cookie, "GET", "/api/config/get")).isError(401, "Invalid API key");
        assertThat(page.own(null, "DELETE", SESSION)).isError(401, "API key is required");
    }

    @Test
    void a_session_ends_thirty_days_after_the_sign_in_however_much_it_is_used() {
        var cookie = signedIn();

        app.clock().advance(Duration.ofDays(29));
        assertThat(page.own(cookie, "GET", "/api/config/get")).isOk();

        app.clock().advance(Duration.ofDays(1));
        assertThat(page.own(cookie, "GET", "/api/config/get")).isError(401, "Invalid API key");
    }

    @Test
    void a_new_password_ends_all_sessions_but_the_one_it_was_set_in() {
        var here = signedIn();
        var elsewhere = CookieCaller.cookie(app.anonymous().post(SESSION, ADA));

        assertThat(page.own(here, "POST", "/api/v1/users/me/password",
                "{\"current_password\":\"Analytical1843\",\"new_password\":\"Difference1822\"}")).isOk();

        assertThat(page.own(here, "GET", "/api/config/get")).isOk();
        assertThat(page.own(elsewhere, "GET", "/api/config/get")).hasStatus(401);
    }

    @Test
    void the_end_of_the_account_ends_its_sessions() {
        var cookie = signedIn();

        assertThat(page.own(cookie, "DELETE", "/api/v1/users/me")).isOk();

        assertThat(page.own(cookie, "GET", "/api/config/get")).hasStatus(401);
        assertThat(data(page.own(cookie, "GET", SESSION)).path("user").isNull()).isTrue();
    }

    @Test
    void a_session_opened_by_a_key_ends_with_the_key() {
        var ada = app.as("ada");
        var made = data(ada.post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}"));
        var cookie = CookieCaller.cookie(app.anonymous().post(SESSION, "{\"api_key\":\"" + made.path("api_key").asText() + "\"}"));
        var other = CookieCaller.cookie(app.anonymous().post(SESSION, "{\"api_key\":\"key-of-ada\"}"));
        assertThat(page.own(cookie, "GET", "/api/config/get")).isOk();

        assertThat(ada.delete("/api/v1/users/me/api-keys/" + made.path("id").asLong())).isOk();

        assertThat(page.own(cookie, "GET", "/api/config/get")).isError(401, "Invalid API key");
        assertThat(page.own(other, "GET", "/api/config/get")).isOk();
    }

    @Test
    void a_session_opened_by_a_key_ends_when_the_key_expires() {
        var key = data(app.as("ada").post("/api/v1/users/me/api-keys", "{\"name\":\"guest\",\"expires_in_days\":1}")).path("api_key")
                .asText();
        var cookie = CookieCaller.cookie(app.anonymous().post(SESSION, "{\"api_key\":\"" + key + "\"}"));

        app.clock().advance(Duration.ofHours(25));

        assertThat(page.own(cookie, "GET", "/api/config/get")).isError(401, "Invalid API key");
    }

    @Test
    void a_session_goes_on_after_a_restart() {
        var cookie = signedIn();

        app.restart();

        assertThat(page.own(cookie, "GET", "/api/config/get")).isOk();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{} | body.email", "{\"email\":\"ada@example.org\"} | body.password",
            "{\"email\":\"a@b.c\",\"password\":\"p\",\"api_key\":\"k\"} | body.api_key", "{\"api_key\":5} | body.api_key"})
    void what_is_missing_is_named(String body, String field) {
        assertThat(app.anonymous().post(SESSION, body)).isInvalid(field);
    }

    @Test
    void who_cannot_sign_in_gets_no_cookie() {
        registered();

        for (var wrong : List.of(ADA.replace("1843", "1844"), ADA.replace("ada@", "bob@"), "{\"api_key\":\"no-key-at-all\"}")) {
            var answer = app.anonymous().post(SESSION, wrong);
            assertThat(answer).hasStatus(401);
            assertThat(answer.headers().get("Set-Cookie")).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-Proto, https", "Origin, https://{host}"})
    void over_https_the_cookie_is_never_sent_without(String header, String value) {
        registered();

        var answer = page.by(null, "POST", SESSION, ADA, header, value.replace("{host}", app.url().substring("http://".length())));

        assertThat(answer.headers().get("Set-Cookie")).contains("; Secure");
    }

    @Test
    void the_tokens_that_signing_in_goes_through_open_nothing_later() throws SQLException {
        signedIn();

        try (var connection = TestDatabase.connect(app.database());
                var rows = connection.createStatement().executeQuery("SELECT COUNT(*), COUNT(cookie_digest) FROM sessions")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(rows.getInt(2)).isEqualTo(1);
        }
    }

    @Test
    @SqliteOnly
    void the_database_holds_no_cookie() throws Exception {
        var cookie = signedIn();
        app.restart();

        assertThat(Files.readString(app.database(), StandardCharsets.ISO_8859_1)).doesNotContain(cookie);
    }

    private void registered() {
        assertThat(app.anonymous().post("/api/v1/auth/register", NEW_ADA)).hasStatus(201);
    }

    private String signedIn() {
        return CookieCaller.cookie(app.anonymous().post(SESSION + "/register", NEW_ADA));
    }

    private static JsonNode data(Answer answer) {
        return answer.json().path("data");
    }

    private static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }
}
