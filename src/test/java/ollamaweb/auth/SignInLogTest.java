package ollamaweb.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ollamaweb.log.LogFormat;
import ollamaweb.log.Logs;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Who came in, who did not, and which keys were made: with the account and the address, never a secret or an e-mail address. */
class SignInLogTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        Logs.open(folder, Level.INFO, LogFormat.TEXT);
    }

    @AfterEach
    void close() {
        Logs.close();
    }

    @Test
    void signing_in_and_failing_to_leave_a_line() throws IOException {
        var ada = SignedInUser.registers(app, "ada");
        ada.signsInAgain();
        login("ada@example.org");
        login("Secret typed into the wrong field");

        ada.client().post("/api/v1/auth/logout", "");

        assertThat(lines()).containsSubsequence(
                "User 1 registered from 127.0.0.1",
                "User 1 signed in from 127.0.0.1",
                "Failed sign-in of user 1 from 127.0.0.1",
                "Failed sign-in of an unknown account from 127.0.0.1",
                "User 1 signed out from 127.0.0.1");
    }

    @Test
    void keys_made_and_revoked_leave_a_line() throws IOException {
        app.as("ada");
        var made = app.as("ada").post("/api/v1/users/me/api-keys", "{\"name\":\"laptop\"}").json().path("data");
        app.as("ada").delete("/api/v1/users/me/api-keys/" + made.path("id").asLong());

        assertThat(lines()).containsSubsequence(
                "User 1 set up with a key from 127.0.0.1",
                "User 1 made API key 2 from 127.0.0.1",
                "User 1 revoked API key 2 from 127.0.0.1");
        assertThat(all()).doesNotContain(made.path("api_key").asText(), "key-of-ada");
    }

    @Test
    void a_changed_password_and_address_leave_a_line_and_no_secret_does() throws IOException {
        var ada = SignedInUser.registers(app, "ada").client();
        ada.patch("/api/v1/users/me", "{\"email\":\"ada@example.net\",\"current_password\":\"" + SignedInUser.PASSWORD + "\"}");
        ada.post("/api/v1/users/me/password", "{\"current_password\":\"Wrong horse 1\",\"new_password\":\"Battery staple 2\"}");
        ada.post("/api/v1/users/me/password",
                "{\"current_password\":\"" + SignedInUser.PASSWORD + "\",\"new_password\":\"Battery staple 2\"}");

        assertThat(lines()).containsSubsequence(
                "User 1 has a new e-mail address, changed from 127.0.0.1",
                "Wrong current password of user 1 from 127.0.0.1",
                "User 1 has a new password, changed from 127.0.0.1");
        assertThat(all()).doesNotContain("ada@example", SignedInUser.PASSWORD, "Wrong horse", "Battery staple", "Secret typed");
    }

    private void login(String email) {
        app.anonymous().post("/api/v1/auth/login", "{\"email\":\"" + email + "\",\"password\":\"Wrong horse 1\"}");
    }

    private List<String> lines() throws IOException {
        return all().lines().map(line -> line.replaceFirst("^.* - (?:INFO|WARN) - ", "")).toList();
    }

    private String all() throws IOException {
        return Files.readString(folder.resolve("app.log"));
    }
}
