package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApiKeyApiTest {

    private static final String KEYS = "/api/v1/users/me/api-keys";

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_new_key_is_shown_once_and_opens_both_families() {
        var answer = app.as("ada").post(KEYS, "{\"name\":\" laptop \"}");

        assertThat(answer).hasStatus(201);
        var data = answer.json().path("data");
        assertThat(data.fieldNames()).toIterable()
                .containsExactly("id", "name", "hint", "created_at", "last_used_at", "last_used_ip", "expires_at", "store",
                        "scopes", "requests_per_minute", "tokens_per_day", "api_key");
        assertThat(data.path("name").asText()).isEqualTo("laptop");
        assertThat(data.path("expires_at").isNull()).isTrue();
        var key = data.path("api_key").asText();
        assertThat(key).startsWith("owg_").hasSize(47);
        assertThat(app.with(key).get("/api/v1/users/me").json().path("data").path("id").asLong()).isEqualTo(1);
        assertThat(app.with(key).get("/api/conversations")).isOk();
        assertThat(app.as("ada").get(KEYS).body()).doesNotContain(key);
    }

    @Test
    void a_list_shows_the_callers_keys_and_nobody_elses() {
        create("ada", "{\"name\":\"laptop\"}");
        create("bob", "{\"name\":\"phone\"}");

        var data = app.as("ada").get(KEYS + "?page_size=1&page=2").json().path("data");

        assertThat(data.path("total").asInt()).isEqualTo(2);
        assertThat(data.path("total_pages").asInt()).isEqualTo(2);
        assertThat(data.path("items")).hasSize(1);
        var laptop = data.path("items").path(0);
        assertThat(laptop.fieldNames()).toIterable()
                .containsExactly("id", "name", "hint", "created_at", "last_used_at", "last_used_ip", "expires_at", "store",
                        "scopes", "requests_per_minute", "tokens_per_day");
        assertThat(laptop.path("name").asText()).isEqualTo("laptop");
        assertThat(laptop.path("hint").asText()).matches("owg_..….{4}");
        assertThat(app.as("ada").get(KEYS).body()).doesNotContain("phone");
    }

    @Test
    void a_revoked_key_is_refused_at_once() {
        var created = create("ada", "{\"name\":\"laptop\"}");
        var laptop = key(created);
        assertThat(laptop.get("/api/v1/users/me")).isOk();

        var answer = app.as("ada").delete(KEYS + "/" + id(created));

        assertThat(answer).isOk();
        assertThat(laptop.get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(laptop.get("/api/config/get")).isError(401, "Invalid API key");
        assertThat(app.as("ada").delete(KEYS + "/" + id(created))).isError(404, "API key not found");
        app.restart();
        assertThat(app.with(laptop.token()).get("/api/v1/users/me")).hasStatus(401);
    }

    @Test
    void a_strangers_key_does_not_exist() {
        var created = create("ada", "{\"name\":\"laptop\"}");

        assertThat(app.as("bob").delete(KEYS + "/" + id(created))).isError(404, "API key not found");

        assertThat(key(created).get("/api/v1/users/me")).isOk();
    }

    @Test
    void keys_are_for_those_who_are_signed_in() {
        assertThat(app.anonymous().get(KEYS)).isError(401, "API key is required");
        assertThat(app.anonymous().post(KEYS, "{\"name\":\"laptop\"}")).isError(401, "API key is required");
        assertThat(app.anonymous().delete(KEYS + "/1")).isError(401, "API key is required");
    }

    @Test
    void a_key_is_refused_from_the_moment_it_expires_even_if_it_was_just_used() {
        var inADay = key(create("ada", "{\"name\":\"guest\",\"expires_in_days\":1}"));
        var atNoon = key(create("ada", "{\"name\":\"guest\",\"expires_at\":\"2026-01-06T12:00:00Z\"}"));

        app.clock().advance(Duration.ofHours(23));
        assertThat(inADay.get("/api/v1/users/me")).isOk();
        app.clock().advance(Duration.ofHours(1));
        assertThat(inADay.get("/api/v1/users/me")).isError(401, "Invalid API key");

        assertThat(atNoon.get("/api/v1/users/me")).isOk();
        app.clock().advance(Duration.ofHours(2));
        assertThat(atNoon.get("/api/v1/users/me")).isError(401, "Invalid API key");
    }

    @Test
    void setting_up_with_a_key_that_has_expired_does_not_revive_it() {
        var guest = key(create("ada", "{\"name\":\"guest\",\"expires_in_days\":1}"));
        app.clock().advance(Duration.ofDays(1));

        assertThat(app.anonymous().post("/api/auth/setup", "{\"api_key\":\"" + guest.token() + "\"}"))
                .isError(401, "Invalid API key");

        assertThat(guest.get("/api/v1/users/me")).isError(401, "Invalid API key");
    }

    @Test
    void the_last_use_of_a_key_is_noted_to_the_minute() {
        var laptop = key(create("ada", "{\"name\":\"laptop\"}"));
        assertThat(lastUse("laptop")).isNull();

        assertThat(laptop.get("/api/v1/users/me")).isOk();
        var first = afterTheNextWrite("laptop");
        assertThat(laptop.get("/api/v1/users/me")).isOk();
        app.restart();
        assertThat(app.with(laptop.token()).get("/api/v1/users/me")).isOk();
        var second = afterTheNextWrite("laptop");
        app.clock().advance(Duration.ofMinutes(1));
        app.restart();
        assertThat(app.with(laptop.token()).get("/api/v1/users/me")).isOk();
        var third = afterTheNextWrite("laptop");

        assertThat(first).isNotNull().isEqualTo(second);
        assertThat(third).isGreaterThan(second);
    }

    @Test
    void a_key_needs_a_name_on_a_line() {
        for (var body : new String[] {"{}", "{\"name\":null}", "{\"name\":\" \"}", "{\"name\":5}", "{\"name\":\"a\\u0000\"}",
                "{\"name\":\"a\\tb\"}"}) {
            assertThat(app.as("ada").post(KEYS, body)).isInvalid("body.name");
        }
    }

    @Test
    void an_expiry_lies_in_the_future_and_is_given_once() {
        var ada = app.as("ada");

        assertThat(ada.post(KEYS, "{\"name\":\"" + "x".repeat(101) + "\"}")).isInvalid("body.name");
        assertThat(ada.post(KEYS, "{\"name\":\"a\",\"expires_at\":\"2026-01-05T09:00:00Z\"}")).isInvalid("body.expires_at");
        assertThat(ada.post(KEYS, "{\"name\":\"a\",\"expires_at\":\"tomorrow\"}")).isInvalid("body.expires_at");
        assertThat(ada.post(KEYS, "{\"name\":\"a\",\"expires_in_days\":0}")).isInvalid("body.expires_in_days");
        assertThat(ada.post(KEYS, "{\"name\":\"a\",\"expires_in_days\":1,\"expires_at\":\"2027-01-05T09:00:00Z\"}"))
                .isInvalid("body.expires_in_days");
    }

    @Test
    void an_account_has_a_hundred_keys_at_most() {
        app.as("ada");
        Rows.change(app.database(), """
                WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100)
                INSERT INTO api_keys (user_id, name, hint, key_digest, key_hash) SELECT 1, 'old', '…', n, '' FROM numbers""");

        assertThat(app.as("ada").post(KEYS, "{\"name\":\"one too many\"}"))
                .isError(409, "An account can have at most 100 API keys");
    }

    private Answer create(String owner, String body) {
        var created = app.as(owner).post(KEYS, body);
        assertThat(created).hasStatus(201);
        return created;
    }

    private Client key(Answer created) {
        return app.with(created.json().path("data").path("api_key").asText());
    }

    private static long id(Answer created) {
        return created.json().path("data").path("id").asLong();
    }

    private String lastUse(String name) {
        return Rows.one(app.database(), "SELECT last_used_at FROM api_keys WHERE name = '" + name + "'");
    }

    /** Writes are made in the order in which they were asked for. */
    private String afterTheNextWrite(String name) {
        app.as("zoe").post("/api/config/save", "{\"settings\":{}}");
        return lastUse(name);
    }
}
