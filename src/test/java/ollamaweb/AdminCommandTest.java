package ollamaweb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import ollamaweb.testing.Await;
import ollamaweb.testing.Event;
import ollamaweb.testing.SampleData;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code admin} at the console, beside a server that goes on. */
@Timeout(60)
class AdminCommandTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void the_first_admin_is_made_at_the_console_and_sets_the_password_by_a_link() throws Exception {
        app.as("somebody");

        var said = run("create", "root@example.org");

        assertThat(said).contains("Account 2 (root@example.org) is an admin", "http://localhost:8000/password-reset#");
        var token = said.substring(said.indexOf('#') + 1).strip();
        assertThat(app.anonymous().post("/api/v1/auth/password-reset",
                "{\"token\":\"" + token + "\",\"password\":\"Another horse 2\"}")).isOk();
        var signedIn = app.anonymous().post("/api/v1/auth/login", "{\"email\":\"root@example.org\",\"password\":\"Another horse 2\"}");
        assertThat(signedIn).isOk();
        assertThat(signedIn.json().at("/data/user/is_admin").asBoolean()).isTrue();
        fails("email is already registered", "create", "ROOT@example.org");
        fails("nobody: value is not a valid email address", "create", "nobody");
    }

    @Test
    void what_a_disabled_account_has_open_ends_and_its_key_is_good_again_later() throws Exception {
        app.as("admin");
        var bob = SignedInUser.registers(app, "bob");
        var key = app.with(bob.client().post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().at("/data/api_key").asText());
        try (var events = key.accountEvents()) {
            assertThat(run("disable", bob.email())).isEqualTo("Account " + bob.id() + " (" + bob.email()
                    + ") is disabled, and nothing opens it" + System.lineSeparator());

            assertThat(events.rest()).extracting(Event::name).endsWith("error");
        }
        assertThat(key.get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(bob.client().get("/api/v1/users/me")).isError(401, "Invalid API key");
        assertThat(run("list")).contains("disabled");
        fails("the account is disabled", "reset-password", bob.email());

        run("enable", Long.toString(bob.id()));

        Await.await(SOON, () -> key.get("/api/v1/users/me").status() == 200, () -> "the key is not good again");
    }

    @Test
    void roles_change_at_the_console_which_the_audit_log_names() throws Exception {
        var admin = app.as("admin");
        var bob = SignedInUser.registers(app, "bob");

        run("promote", bob.email());

        assertThat(bob.client().get("/api/v1/users").json().at("/data/total").asInt()).isEqualTo(2);
        var entry = admin.get("/api/v1/admin/audit?action=admin_granted").json().at("/data/items/0");
        assertThat(entry.path("address").asText()).isEqualTo("console");
        assertThat(entry.path("user_id").isNull()).isTrue();
        run("demote", bob.email());
        fails("the last admin cannot be demoted", "demote", "1");
        fails("there is no account nobody@example.org", "promote", "nobody@example.org");
        assertThat(run("list").lines()).hasSize(3).anyMatch(line -> line.contains(bob.email()) && line.contains("user"));
    }

    private String run(String... words) throws IOException {
        var settings = new HashMap<String, String>();
        settings.put("DATABASE_URL", TestDatabase.url(app.database()));
        if (TestDatabase.isPostgres()) {
            settings.putAll(SampleData.SECRETS);
        }
        var out = new ByteArrayOutputStream();
        var account = words.length > 1 ? words[1] : null;
        AdminCommand.run(new CommandLine(CommandLine.Command.ADMIN, settings, words[0], account, false), new PrintStream(out, true, UTF_8));
        return out.toString(UTF_8);
    }

    private void fails(String reason, String... words) {
        assertThatThrownBy(() -> run(words)).as(String.join(" ", List.of(words))).isInstanceOf(IOException.class).hasMessage(reason);
    }
}
