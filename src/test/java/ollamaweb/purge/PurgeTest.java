package ollamaweb.purge;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import ollamaweb.testing.Client;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.ServerProcess;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted is gone at once, and its rows go in steps. */
class PurgeTest {

    private static final int MANY = 2_000;

    @RegisterExtension
    final TestApp app = new TestApp();

    @TempDir
    private Path folder;

    @Test
    void a_deleted_conversation_is_gone_at_once_and_its_rows_soon() {
        var ada = app.as("ada");
        long conversation = ada.startsConversation("tiny");
        long other = ada.startsConversation("tiny");
        fill(app.database(), conversation, MANY);
        fill(app.database(), other, 1);
        app.awaitIndexed();

        assertThat(ada.delete("/api/conversations/" + conversation)).isOk();

        assertThat(ada.get("/api/conversations/" + conversation)).isError(404, "Conversation not found");
        assertThat(ada.get("/api/export/conversations/" + conversation + "/json")).isError(404, "Conversation not found");
        assertThat(ada.delete("/api/conversations/" + conversation)).isError(404, "Conversation not found");
        assertThat(ada.get("/api/conversations").json().path("total").asInt()).isEqualTo(1);
        assertThat(ada.post("/api/chat/search", "{\"query\":\"wombat\"}").json()).hasSize(1);
        app.awaitPurged();
        assertThat(count(app.database(), "messages")).isEqualTo(1);
        assertThat(count(app.database(), TestDatabase.searchTable())).isEqualTo(1);
    }

    @Test
    @Tag("strain")
    void others_write_while_the_rows_of_an_account_are_deleted() {
        var bob = app.as("bob");
        var ada = app.as("ada");
        fill(app.database(), ada.startsConversation("tiny"), MANY);
        app.awaitIndexed();

        assertThat(ada.delete("/api/v1/users/me")).isOk();
        int writes = 0;
        for (; count(app.database(), "users") == 2; writes++) {
            assertThat(bob.post("/api/conversations", "{\"model_name\":\"tiny\"}")).hasStatus(201);
        }

        assertThat(writes).isGreaterThan(3);
        assertThat(count(app.database(), "messages")).isZero();
        assertThat(bob.get("/api/conversations").json().path("total").asInt()).isEqualTo(writes);
    }

    @Test
    void a_deleted_account_is_gone_at_once_for_everybody() {
        var admin = SignedInUser.registers(app, "admin");
        var ada = SignedInUser.registers(app, "ada");
        ada.client().post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}");
        fill(app.database(), ada.client().startsConversation("tiny"), MANY);

        assertThat(ada.client().delete("/api/v1/users/me")).isOk();

        assertThat(ada.client().get("/api/v1/users/me")).hasStatus(401);
        assertThat(ada.refreshes()).hasStatus(401);
        assertThat(admin.client().get("/api/v1/users/").json().path("data").path("total").asInt()).isEqualTo(1);
        assertThat(admin.client().get("/api/v1/users/" + ada.id())).isError(404, "User not found");
        var again = SignedInUser.registers(app, "ada");
        assertThat(again.id()).isNotEqualTo(ada.id());
        assertThat(again.client().get("/api/conversations").json().path("total").asInt()).isZero();
        app.awaitPurged();
        assertThat(again.client().get("/api/v1/users/me")).isOk();
        assertThat(count(app.database(), "users")).isEqualTo(2);
    }

    @Test
    void everything_of_an_account_goes_and_nothing_of_another() {
        var tables = List.of("users", "api_keys", "settings", "conversations", "messages", "prompts", "goals", "tasks", "insights");
        for (var name : List.of("bob", "ada")) { // the first is the admin, who stays
            var somebody = app.as(name);
            fill(app.database(), somebody.startsConversation("tiny"), 3);
            somebody.post("/api/config/save", "{\"settings\":{\"theme\":\"dark\"}}");
            somebody.post("/api/prompts", "{\"name\":\"n\",\"content\":\"c\"}");
            long goal = somebody.post("/api/v1/goals/", "{\"title\":\"g\"}").json().path("data").path("id").asLong();
            long task =
                    somebody.post("/api/v1/tasks/", "{\"title\":\"t\",\"goal_id\":" + goal + "}").json().path("data").path("id").asLong();
            somebody.post("/api/v1/tasks/", "{\"title\":\"t\",\"parent_id\":" + task + "}");
            somebody.post("/api/v1/insights/", "{\"kind\":\"daily_summary\",\"model_name\":\"tiny\"}");
        }
        var before = tables.stream().map(table -> count(app.database(), table)).toList();

        assertThat(app.as("ada").delete("/api/v1/users/me")).isOk();
        app.awaitPurged();

        assertThat(tables.stream().map(table -> 2 * count(app.database(), table)).toList()).isEqualTo(before);
    }

    @Test
    void the_first_account_after_the_last_one_has_left_is_the_admin_again() {
        var ada = SignedInUser.registers(app, "ada");
        fill(app.database(), ada.client().startsConversation("tiny"), MANY);
        ada.client().delete("/api/v1/users/me");

        assertThat(SignedInUser.registers(app, "bob").user().path("is_admin").asBoolean()).isTrue();
    }

    @Test
    @Tag("strain")
    void a_killed_server_goes_on_deleting_after_the_next_start() throws Exception {
        try (var server = ServerProcess.start(folder, app.ollama().url())) {
            signedUp(server, "key-of-bob").startsConversation("tiny");
            var ada = signedUp(server, "key-of-ada");
            fill(file(), ada.startsConversation("tiny"), MANY);
            assertThat(ada.delete("/api/v1/users/me")).isOk();
            server.kill();
        }
        assertThat(count(file(), "users")).isEqualTo(2);

        try (var server = ServerProcess.start(folder, app.ollama().url())) {
            assertThat(server.with("key-of-ada").get("/api/conversations")).hasStatus(401);
            Await.await(Duration.ofMinutes(2), () -> count(file(), "users") == 1,
                    () -> count(file(), "messages") + " messages are left");
            assertThat(count(file(), "messages")).isZero();
            assertThat(server.with("key-of-bob").get("/api/conversations").json().path("total").asInt()).isEqualTo(1);
        }
    }

    private static Client signedUp(ServerProcess server, String key) {
        assertThat(server.with(null).post("/api/auth/setup", "{\"api_key\":\"" + key + "\"}")).isOk();
        return server.with(key);
    }

    private Path file() {
        return folder.resolve("ollama_web.db");
    }

    private static void fill(Path database, long conversation, int messages) {
        Rows.change(database, """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                INSERT INTO messages (conversation_id, role, content, created_at)
                SELECT %d, 'user', 'wombat ' || hex(randomblob(20)), '2026-01-01T12:00:00.000Z' FROM n""".formatted(messages,
                conversation));
    }

    private static int count(Path database, String table) {
        return Integer.parseInt(Rows.one(database, "SELECT COUNT(*) FROM " + table));
    }
}
