package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;

import ollamaweb.testing.Answer;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mindrot.jbcrypt.BCrypt;

/** Hashes that other programs made, and hashes that are none. */
class StoredHashTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void a_hash_is_understood_under_each_of_bcrypts_names(String version) {
        SignedInUser.registers(app, "ada");
        Rows.change(app.database(), "UPDATE users SET password_hash = '" + version + "' || substr(password_hash, 5)");

        assertThat(login(SignedInUser.PASSWORD)).isOk();
        assertThat(login("Wrong horse 1")).isError(401, "Invalid email or password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2b$", "$2y$"})
    void a_hash_that_another_program_made_of_the_password_itself_is_understood(String version) {
        SignedInUser.registers(app, "ada");
        var foreign = version + BCrypt.hashpw(SignedInUser.PASSWORD, BCrypt.gensalt(4)).substring(4);
        Rows.change(app.database(), "UPDATE users SET password_hash = '" + foreign + "'");

        assertThat(login(SignedInUser.PASSWORD)).isOk();
        assertThat(login("Wrong horse 1")).isError(401, "Invalid email or password");
    }

    @Test
    void a_password_is_not_taken_for_its_first_72_bytes() {
        SignedInUser.registers(app, "ada");
        var longest = "Aa1" + "é".repeat(34) + "x";
        Rows.change(app.database(),
                "UPDATE users SET password_hash = '$2b$" + BCrypt.hashpw(longest, BCrypt.gensalt(4)).substring(4) + "'");

        assertThat(login(longest)).isOk();
        assertThat(login(longest + "y")).isError(401, "Invalid email or password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "$2a$", "$2b$12$short", "$2a$99$abcdefghijklmnopqrstuuAbCdEfGhIjKlMnOpQrStUvWxYz012345",
            "$2a$31$abcdefghijklmnopqrstuuAbCdEfGhIjKlMnOpQrStUvWxYz0123456",
            "$2x$04$abcdefghijklmnopqrstuuAbCdEfGhIjKlMnOpQrStUvWxYz01234",
            "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"})
    void what_is_no_hash_is_no_password_and_no_failure(String broken) {
        SignedInUser.registers(app, "ada");
        Rows.change(app.database(), "UPDATE users SET password_hash = '" + broken + "'");

        assertThat(login(SignedInUser.PASSWORD)).isError(401, "Invalid email or password");
    }

    @Test
    void a_key_whose_hash_is_broken_opens_nothing() {
        app.as("ada");
        Rows.change(app.database(), "UPDATE api_keys SET key_hash = 'broken'");
        app.restart();

        assertThat(app.with("key-of-ada").get("/api/config/get")).isError(401, "Invalid API key");
    }

    private Answer login(String password) {
        return app.anonymous().post("/api/v1/auth/login", "{\"email\":\"ada@example.org\",\"password\":\"" + password + "\"}");
    }
}
