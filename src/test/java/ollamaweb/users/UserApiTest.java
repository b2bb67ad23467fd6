package ollamaweb.users;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserApiTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void somebody_with_a_key_is_an_account_without_an_address() {
        var answer = app.as("ada").get("/api/v1/users/me/");

        assertThat(answer).isOk();
        var me = answer.json().path("data");
        assertThat(me.fieldNames()).toIterable()
                .containsExactly("id", "email", "display_name", "timezone", "is_admin", "created_at",
                        "updated_at");
        assertThat(me.path("email").isNull()).isTrue();
        assertThat(me.path("timezone").asText()).isEqualTo("UTC");
        assertThat(me.path("updated_at")).isEqualTo(me.path("created_at"));
    }

    @Test
    void what_is_given_changes_and_the_rest_stays() {
        var ada = app.as("ada");
        ada.patch("/api/v1/users/me", "{\"email\":\" Ada@Example.org\",\"display_name\":\"Ada\"}");

        var answer = ada.patch("/api/v1/users/me", "{\"timezone\":\"Europe/Berlin\"}");

        assertThat(answer).isOk();
        var me = answer.json().path("data");
        assertThat(me.path("email").asText()).isEqualTo("Ada@Example.org");
        assertThat(me.path("display_name").asText()).isEqualTo("Ada");
        assertThat(me.path("timezone").asText()).isEqualTo("Europe/Berlin");
        assertThat(me.path("updated_at").asText()).isGreaterThan(me.path("created_at").asText());
        assertThat(ada.get("/api/v1/users/me").json().path("data")).isEqualTo(me);
    }

    @Test
    void an_address_belongs_to_one_account() {
        app.as("ada").patch("/api/v1/users/me", "{\"email\":\"ada@example.org\"}");

        assertThat(app.as("bob").patch("/api/v1/users/me", "{\"email\":\"ADA@EXAMPLE.ORG\",\"timezone\":\"Asia/Tokyo\"}"))
                .isError(409, "Email is already registered");
        assertThat(app.as("ada").patch("/api/v1/users/me", "{\"email\":\"ADA@example.org\"}")).isOk();

        assertThat(app.as("bob").get("/api/v1/users/me").json().path("data").path("timezone").asText()).isEqualTo("UTC");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "email        | \"nobody\"",
            "email        | 5",
            "display_name | \"\"",
            "display_name | \"a\\nb\"",
            "timezone     | \"Mars/Olympus\"",
            "timezone     | \"+02:00\"",
            "timezone     | \"\"",
    })
    void a_change_that_makes_no_sense_is_refused(String field, String value) {
        assertThat(app.as("ada").patch("/api/v1/users/me", "{\"" + field + "\":" + value + "}")).isInvalid("body." + field);
    }

    @Test
    void an_account_is_for_those_who_are_signed_in() {
        assertThat(app.anonymous().get("/api/v1/users/")).isError(401, "API key is required");
        assertThat(app.anonymous().get("/api/v1/users/1")).isError(401, "API key is required");
        assertThat(app.anonymous().get("/api/v1/users/me")).isError(401, "API key is required");
        assertThat(app.anonymous().patch("/api/v1/users/me", "{}")).isError(401, "API key is required");
        assertThat(app.anonymous().delete("/api/v1/users/me")).isError(401, "API key is required");
    }

    @Test
    void everybody_sees_themselves_and_the_admin_sees_all() {
        var ada = app.as("ada");
        var bob = app.as("bob");

        assertThat(ada.get("/api/v1/users/2")).isOk();
        assertThat(bob.get("/api/v1/users/2")).isOk();
        assertThat(bob.get("/api/v1/users/1")).isJson("{\"detail\":\"User not found\",\"status_code\":404}");
        assertThat(bob.get("/api/v1/users/99")).isJson("{\"detail\":\"User not found\",\"status_code\":404}");
        assertThat(ada.get("/api/v1/users/99")).isError(404, "User not found");
        assertThat(ada.get("/api/v1/users/one")).isInvalid("path.id");
    }

    @Test
    void the_admin_lists_all_accounts_and_others_only_their_own() {
        var ada = app.as("ada");
        var bob = app.as("bob");
        app.as("eve");

        var all = ada.get("/api/v1/users/?page=2&page_size=2").json().path("data");
        var own = bob.get("/api/v1/users").json().path("data");

        assertThat(all.path("total").asInt()).isEqualTo(3);
        assertThat(all.path("total_pages").asInt()).isEqualTo(2);
        assertThat(all.path("items").findValuesAsText("id")).containsExactly("3");
        assertThat(own.path("total").asInt()).isEqualTo(1);
        assertThat(own.path("items").findValuesAsText("id")).containsExactly("2");
        assertThat(bob.get("/api/v1/users?page=2").json().path("data").path("items")).isEmpty();
        assertThat(bob.get("/api/v1/users?page_size=101")).isInvalid("query.page_size");
    }

    @Test
    void leaving_takes_everything_along_and_nothing_of_others() {
        var bob = app.as("bob");
        var ada = SignedInUser.registers(app, "ada");
        var key = app.with(ada.client().post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}")
                .json().path("data").path("api_key").asText());
        key.startsConversation("tiny");
        key.post("/api/config/save", "{\"settings\":{\"theme\":\"dark\"}}");
        bob.startsConversation("tiny");

        assertThat(ada.client().delete("/api/v1/users/me")).isOk();

        assertThat(ada.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(key.get("/api/config/get")).isError(401, "Invalid API key");
        assertThat(ada.refreshes()).isError(401, "Invalid API key");
        app.awaitPurged();
        for (var table : new String[] {"users", "api_keys", "conversations"}) {
            assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM " + table)).as(table).isEqualTo("1");
        }
        for (var table : new String[] {"sessions", "settings"}) {
            assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM " + table)).as(table).isEqualTo("0");
        }
        assertThat(bob.get("/api/v1/users/me")).isOk();
        assertThat(SignedInUser.registers(app, "ada").id())
                .isGreaterThan(bob.get("/api/v1/users/me").json().path("data").path("id").asLong());
    }

    @Test
    void what_does_not_exist_below_v1_is_told_in_its_own_words() {
        assertThat(app.as("ada").get("/api/v1/nowhere")).isJson("{\"detail\":\"Not Found\",\"status_code\":404}");
        assertThat(app.as("ada").put("/api/v1/users/1", "{}"))
                .isJson("{\"detail\":\"Method Not Allowed\",\"status_code\":405}")
                .hasHeader("Allow", "GET, HEAD, PATCH, DELETE");
        assertThat(app.as("ada").patch("/api/v1/users/me", "{")).isError(400, "Malformed JSON at line 1, column 2");
    }
}
