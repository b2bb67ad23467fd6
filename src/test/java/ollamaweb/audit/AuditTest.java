package ollamaweb.audit;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Rows;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was done to accounts is noted: by whom, and from where. */
@Timeout(60)
class AuditTest {

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
    void what_somebody_does_with_the_own_account_is_noted() {
        bob.signsInAgain();
        var key = bob.client().post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().path("data");
        app.anonymous().post("/api/v1/auth/session", "{\"api_key\":" + key.path("api_key") + "}");
        bob.client().delete("/api/v1/users/me/api-keys/" + key.path("id"));
        bob.client().patch("/api/v1/users/me", """
                {"email":"%s@example.org","current_password":"%s"}""".formatted(UUID.randomUUID(), SignedInUser.PASSWORD));
        bob.client().post("/api/v1/users/me/password",
                "{\"current_password\":\"" + SignedInUser.PASSWORD + "\",\"new_password\":\"Another horse 2\"}");

        assertThat(actions("user_id=" + bob.id())).containsExactly("password_changed", "email_changed", "key_revoked", "sign_in",
                "key_created", "sign_in", "account_created");
        var made = entries("action=key_created&user_id=" + bob.id()).get(0);
        assertThat(made.path("detail").asText()).isEqualTo("key " + key.path("id") + ", laptop");
        assertThat(made.path("user_id").asLong()).isEqualTo(bob.id());
        assertThat(made.path("address").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void conversations_that_are_deleted_for_good_are_noted_without_their_words() {
        var client = bob.client();
        var ids = IntStream.range(0, 4).mapToObj(i -> client.startsConversation("llama3.2")).toList();
        client.delete("/api/conversations/" + ids.get(0));
        client.post("/api/conversations/" + ids.get(1) + "/trash", "");
        client.delete("/api/trash/" + ids.get(1));
        client.post("/api/conversations/" + ids.get(2) + "/trash", "");
        client.delete("/api/trash");
        client.post("/api/conversations/batch", "{\"action\":\"delete\",\"ids\":[" + ids.get(3) + "," + ids.get(0) + "]}");

        assertThat(entries("action=conversation_deleted&user_id=" + bob.id())).extracting(entry -> entry.path("detail").asText())
                .containsExactly("conversation " + ids.get(3), "conversation " + ids.get(2), "conversation " + ids.get(1),
                        "conversation " + ids.get(0));
    }

    @Test
    void what_an_admin_does_with_an_account_names_both() {
        var path = "/api/v1/users/" + bob.id();
        admin.patch(path, "{\"is_admin\":true,\"tokens_per_day\":1000}");
        admin.patch(path, "{\"is_admin\":false}");
        admin.post(path + "/password-reset", "");
        admin.patch(path, "{\"disabled\":true}");
        admin.patch(path, "{\"disabled\":false}");
        admin.patch(path, "{\"disabled\":false}");
        admin.delete(path);

        long adminId = admin.get("/api/v1/users/me").json().at("/data/id").asLong();
        var entries = entries("user_id=" + bob.id());
        assertThat(entries).extracting(entry -> entry.path("action").asText()).containsExactly("account_deleted", "account_enabled",
                "account_disabled", "password_reset_created", "admin_revoked", "tokens_per_day_changed", "admin_granted",
                "account_created");
        assertThat(entries.get(0).path("user_id").asLong()).isEqualTo(adminId);
        assertThat(entries.get(0).path("target_id").asLong()).isEqualTo(bob.id());
        assertThat(entries.get(0).path("target_email").isNull()).as("who is gone has no address").isTrue();
        assertThat(entries.get(5).path("detail").asText()).isEqualTo("null to 1000");
    }

    @Test
    void a_link_that_is_used_is_noted_and_its_token_is_not() {
        var token = admin.post("/api/v1/users/" + bob.id() + "/password-reset", "").json().at("/data/token").asText();
        app.anonymous().post("/api/v1/auth/password-reset", "{\"token\":\"" + token + "\",\"password\":\"Another horse 2\"}");

        var all = admin.get("/api/v1/admin/audit?page_size=100&user_id=" + bob.id());
        assertThat(all.body()).contains("password_reset_used").doesNotContain(token).doesNotContain("horse");
    }

    @Test
    void what_is_refused_is_not_noted() {
        admin.patch("/api/v1/users/" + bob.id(), "{\"is_admin\":1}");
        bob.client().patch("/api/v1/users/" + bob.id(), "{\"is_admin\":true}");

        assertThat(actions("user_id=" + bob.id())).containsExactly("account_created");
    }

    @Test
    void failed_sign_ins_of_an_hour_are_counted_in_one_entry() {
        for (int i = 0; i < 3; i++) {
            fail(app.from("127.0.5.1"), bob.email());
        }
        awaitFailures("127.0.5.1", 3);
        fail(app.from("127.0.5.1"), "nobody@example.org");
        awaitFailures("127.0.5.1", 4);
        app.clock().advance(Duration.ofMinutes(61));
        fail(app.from("127.0.5.1"), bob.email());
        awaitFailures("127.0.5.1", 5);

        var entries = entries("action=sign_in_failed&address=127.0.5.1");
        assertThat(entries).extracting(entry -> entry.path("times").asInt()).containsExactly(1, 1, 3);
        assertThat(entries.get(2).path("target_id").asLong()).isEqualTo(bob.id());
        assertThat(entries.get(2).path("user_id").isNull()).isTrue();
        assertThat(entries.get(1).path("target_id").isNull()).isTrue();
    }

    @Test
    void one_address_writes_few_entries_however_often_it_fails() {
        var stranger = app.from("127.0.5.2");
        for (int i = 0; i < 25; i++) {
            fail(stranger, SignedInUser.registers(app, "c-" + UUID.randomUUID()).email());
        }
        awaitFailures("127.0.5.2", 25);

        assertThat(entries("action=sign_in_failed&address=127.0.5.2")).hasSize(20);
    }

    @Test
    void entries_are_filtered_and_paged() {
        bob.signsInAgain();
        var whose = "user_id=" + bob.id();

        var page = admin.get("/api/v1/admin/audit?page=2&page_size=1&" + whose).json().path("data");
        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.at("/items/0/action").asText()).isEqualTo("account_created");
        assertThat(actions(whose + "&before=2000-01-01")).isEmpty();
        assertThat(actions(whose + "&after=2000-01-01&action=sign_in")).containsExactly("sign_in");
        assertThat(admin.get("/api/v1/admin/audit?action=dance")).isInvalid("query.action");
        assertThat(admin.get("/api/v1/admin/audit?after=soon")).isInvalid("query.after");
    }

    @Test
    void the_log_is_for_admins() {
        assertThat(bob.client().get("/api/v1/admin/audit")).isError(403, "Only admins may do this");
        var key = app.with(admin.post("/api/v1/users/me/api-keys", "{\"name\":\"chat\"}").json().at("/data/api_key").asText());
        assertThat(key.get("/api/v1/admin/audit")).isError(403, "This key may not do what is for admins");
    }

    @Test
    void entries_go_after_a_year() {
        Rows.change(app.database(), "INSERT INTO audit_entries (action, target_id, address, network, created_at)"
                + " VALUES ('sign_in', 999999, '-', '-', '2001-01-01T00:00:00.000Z')");
        admin.post("/api/config/save", "{}");

        Await.await(Duration.ofSeconds(30), () -> entries("user_id=999999").isEmpty(), () -> "the old entry is still there");
        assertThat(actions("user_id=" + bob.id())).containsExactly("account_created");
    }

    private static void fail(Client from, String email) {
        from.post("/api/v1/auth/login", "{\"email\":\"" + email + "\",\"password\":\"Wrong horse 1\"}");
    }

    private void awaitFailures(String address, int times) {
        Await.await(
                () -> entries("action=sign_in_failed&address=" + address).stream().mapToInt(entry -> entry.path("times").asInt())
                        .sum() == times,
                () -> "not all are noted");
    }

    private List<String> actions(String query) {
        return entries(query).stream().map(entry -> entry.path("action").asText()).toList();
    }

    private List<JsonNode> entries(String query) {
        var answer = admin.get("/api/v1/admin/audit?page_size=100&" + query);
        assertThat(answer).isOk();
        return StreamSupport.stream(answer.json().at("/data/items").spliterator(), false).toList();
    }
}
