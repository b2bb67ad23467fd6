package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Script;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What admins do with accounts. */
@Timeout(60)
class AccountAdministrationTest {

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
    void nothing_opens_a_disabled_account() {
        var key = bob.withKey();
        var share = share(key);
        var calendar = key.post("/api/v1/calendar/token", "").json().at("/data/url").asText();

        assertThat(change(bob, "{\"disabled\":true}")).isOk();

        assertThat(bob.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(key.get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(bob.refreshes()).isError(401, "Invalid API key");
        assertThat(app.anonymous().post("/api/v1/auth/session", "{\"api_key\":\"" + key.token() + "\"}")).hasStatus(401);
        assertThat(app.anonymous().post("/api/auth/verify", "{\"api_key\":\"" + key.token() + "\"}").json().path("valid").asBoolean())
                .isFalse();
        assertThat(app.anonymous().get(share)).hasStatus(404);
        assertThat(app.anonymous().get(calendar)).hasStatus(404);
    }

    @Test
    void only_who_knows_the_password_hears_that_the_account_is_disabled() {
        change(bob, "{\"disabled\":true}");

        assertThat(bob.signsIn(SignedInUser.PASSWORD)).isError(403, "This account is disabled");
        assertThat(bob.signsIn(NEW_PASSWORD)).isError(401, "Invalid email or password");
    }

    @Test
    void an_account_that_is_enabled_again_has_its_keys_and_links_but_not_its_sessions() {
        var key = bob.withKey();
        var share = share(key);
        change(bob, "{\"disabled\":true}");
        assertThat(key.get("/api/v1/users/me")).hasStatus(401);

        assertThat(change(bob, "{\"disabled\":false}")).isOk();

        assertThat(key.get("/api/v1/users/me")).isOk();
        assertThat(app.anonymous().get(share)).isOk();
        assertThat(bob.client().get("/api/v1/users/me")).hasStatus(401);
        assertThat(bob.signsInAgain().client().get("/api/v1/users/me")).isOk();
    }

    @Test
    void disabling_ends_open_streams_and_the_answer_goes_on() {
        var gate = new Gate();
        app.ollama().model("slow", say("Hel").then(Script.hold(gate), say("lo")));
        try (var stream = bob.client().ask("{\"message\":\"Hi\",\"model_name\":\"slow\"}"); var events = bob.withKey().accountEvents()) {
            gate.awaitArrival();

            assertThat(change(bob, "{\"disabled\":true}")).isOk();

            assertThat(stream.rest()).extracting(Event::name).endsWith("error");
            assertThat(events.rest()).extracting(Event::name).endsWith("error");
        }
        change(bob, "{\"disabled\":false}");
        gate.open();
        var again = bob.signsInAgain().client();
        long conversation = again.get("/api/conversations").json().at("/conversations/0/id").asLong();
        long answer = again.messages(conversation).get(1).path("id").asLong();
        assertThat(again.follow(answer).rest()).extracting(Event::name).endsWith("done");
        assertThat(again.messages(conversation).get(1).path("content").asText()).isEqualTo("Hello");
    }

    @Test
    void who_is_promoted_is_an_admin_until_demoted() {
        assertThat(bob.client().get("/api/v1/users").json().at("/data/total").asInt()).isEqualTo(1);

        assertThat(change(bob, "{\"is_admin\":true}")).isOk();
        assertThat(bob.client().get("/api/v1/users").json().at("/data/total").asInt()).isGreaterThan(1);

        assertThat(change(bob, "{\"is_admin\":false}")).isOk();
        assertThat(bob.client().get("/api/v1/users").json().at("/data/total").asInt()).isEqualTo(1);
    }

    @Test
    void what_is_not_named_stays_and_null_lifts_the_limit_of_tokens() {
        change(bob, "{\"tokens_per_day\":5000,\"is_admin\":true}");

        var limited = change(bob, "{\"is_admin\":false}").json().path("data");
        assertThat(limited.path("tokens_per_day").asLong()).isEqualTo(5000);
        assertThat(limited.path("is_admin").asBoolean()).isFalse();
        assertThat(change(bob, "{\"tokens_per_day\":null}").json().at("/data/tokens_per_day").isNull()).isTrue();
    }

    @Test
    void the_last_admin_can_be_neither_demoted_nor_disabled_nor_deleted() {
        long id = admin.get("/api/v1/users/me").json().at("/data/id").asLong();

        assertThat(admin.patch("/api/v1/users/" + id, "{\"is_admin\":false}")).isError(409, "The last admin cannot be demoted");
        assertThat(admin.patch("/api/v1/users/" + id, "{\"disabled\":true}")).isError(409, "The last admin cannot be disabled");
        assertThat(admin.delete("/api/v1/users/" + id))
                .isError(409, "The last admin cannot be deleted while there are other accounts");
        assertThat(admin.delete("/api/v1/users/me")).hasStatus(409);

        change(bob, "{\"is_admin\":true}");
        assertThat(admin.patch("/api/v1/users/" + id, "{\"is_admin\":false}")).isOk();
        assertThat(bob.client().patch("/api/v1/users/" + id, "{\"is_admin\":true}")).isOk();
        change(bob, "{\"is_admin\":false}");
    }

    @Test
    void an_admin_who_is_disabled_is_not_one_who_is_left() {
        long id = admin.get("/api/v1/users/me").json().at("/data/id").asLong();
        change(bob, "{\"is_admin\":true,\"disabled\":true}");

        assertThat(admin.patch("/api/v1/users/" + id, "{\"is_admin\":false}")).hasStatus(409);
        change(bob, "{\"is_admin\":false}");
    }

    @Test
    void an_admin_deletes_an_account_with_all_that_opens_it() {
        var key = bob.withKey();

        assertThat(admin.delete(path(bob))).isOk();

        assertThat(key.get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(admin.get(path(bob))).hasStatus(404);
        assertThat(admin.delete(path(bob))).isError(404, "User not found");
    }

    @Test
    void others_can_do_none_of_it() {
        var eve = SignedInUser.registers(app, "eve-" + UUID.randomUUID());

        for (var own : new boolean[] {true, false}) {
            var path = path(own ? eve : bob);
            int status = own ? 403 : 404;
            assertThat(eve.client().patch(path, "{\"is_admin\":true}")).hasStatus(status);
            assertThat(eve.client().delete(path)).hasStatus(status);
            assertThat(eve.client().post(path + "/password-reset", "")).hasStatus(status);
        }
        var key = app.with(admin.post("/api/v1/users/me/api-keys", "{\"name\":\"chat\"}").json().at("/data/api_key").asText());
        assertThat(key.patch(path(bob), "{\"is_admin\":true}")).isError(403, "This key may not do what is for admins");
    }

    @Test
    void accounts_are_found_by_name_address_role_and_state() {
        var name = bob.user().path("display_name").asText();
        change(bob, "{\"disabled\":true}");

        assertThat(found("query=" + name.toUpperCase(Locale.ROOT))).containsExactly(Long.toString(bob.id()));
        assertThat(found("query=" + name + "@example")).containsExactly(Long.toString(bob.id()));
        assertThat(found("disabled=true&page_size=100")).contains(Long.toString(bob.id()));
        assertThat(found("disabled=false&page_size=100")).doesNotContain(Long.toString(bob.id()));
        assertThat(found("is_admin=true&query=" + name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "is_admin       | null",
            "is_admin       | \"yes\"",
            "disabled       | null",
            "tokens_per_day | 0",
            "tokens_per_day | \"many\"",
    })
    void a_change_that_makes_no_sense_is_refused(String field, String value) {
        assertThat(change(bob, "{\"" + field + "\":" + value + "}")).isInvalid("body." + field);
    }

    private Answer change(SignedInUser user, String json) {
        return admin.patch(path(user), json);
    }

    private List<String> found(String query) {
        return admin.get("/api/v1/users/?" + query).json().at("/data/items").findValuesAsText("id");
    }

    private static String share(Client owner) {
        long conversation = owner.startsConversation("tiny");
        return "/api/shares/" + owner.post("/api/conversations/" + conversation + "/shares", "{}").json().path("token").asText();
    }

    private static String path(SignedInUser user) {
        return "/api/v1/users/" + user.id();
    }
}
