package ollamaweb.auth;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.SignedInUser;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How many wrong passwords are listened to in ten minutes: 10 an account from one address, 30 an address, 100 an account. */
class SignInLimitTest {

    private static final String TOO_MANY = "Too many failed sign-ins, please try again later";
    private static final String HOME = "127.0.0.1";

    @RegisterExtension
    final TestApp app = new TestApp();

    @BeforeEach
    void somebody() {
        SignedInUser.registers(app, "ada");
    }

    @Test
    void the_eleventh_wrong_password_from_one_address_is_not_looked_at() {
        fails("ada", "127.0.0.9", 10);

        var refused = login("ada", "127.0.0.9", "Wrong horse 1");

        assertThat(refused).isJson("{\"detail\":\"" + TOO_MANY + "\",\"status_code\":429}");
        assertThat(refused).hasStatus(429);
        assertThat(Integer.parseInt(refused.headers().get("Retry-After"))).isBetween(1, 600);
        assertThat(login("ada", "127.0.0.9", SignedInUser.PASSWORD)).as("nor is a right one").isError(429, TOO_MANY);
    }

    @Test
    void an_account_that_does_not_exist_is_refused_in_the_same_way() {
        fails("nobody", "127.0.0.9", 10);

        assertThat(login("nobody", "127.0.0.9", "Wrong horse 1")).isError(429, TOO_MANY);
    }

    @Test
    void passwords_tried_at_the_same_time_are_counted_before_they_are_known_to_be_wrong() {
        var answers = IntStream.range(0, 40)
                .mapToObj(i -> Concurrently.supply(() -> login("ada", "127.0.0.9", "Wrong horse 1").status()))
                .toList().stream().map(CompletableFuture::join).toList();

        assertThat(answers.stream().filter(status -> status == 401).count()).isBetween(1L, 10L);
        assertThat(answers).containsOnly(401, 429);
    }

    @Test
    void after_ten_minutes_it_goes_on() {
        fails("ada", "127.0.0.9", 10);
        assertThat(login("ada", "127.0.0.9", SignedInUser.PASSWORD)).hasStatus(429);

        app.clock().advance(Duration.ofMinutes(10));

        assertThat(login("ada", "127.0.0.9", SignedInUser.PASSWORD)).isOk();
    }

    @Test
    void an_address_fails_thirty_times_whatever_the_accounts() {
        for (var name : new String[] {"bob", "eve", "joe"}) {
            SignedInUser.registers(app, name);
            fails(name, "127.0.0.9", 10);
        }

        assertThat(login("ada", "127.0.0.9", SignedInUser.PASSWORD)).isError(429, TOO_MANY);
        assertThat(login("ada", "127.0.0.10", SignedInUser.PASSWORD)).as("elsewhere").isOk();
    }

    @Test
    void an_account_is_tried_a_hundred_times_whatever_the_addresses_and_its_owner_is_not_locked_out() {
        for (int i = 0; i < 10; i++) {
            fails("ada", "127.0.1." + i, 10);
        }

        assertThat(login("ada", "127.0.0.9", SignedInUser.PASSWORD)).as("from an unknown address").isError(429, TOO_MANY);
        assertThat(login("ada", HOME, SignedInUser.PASSWORD)).as("from where she signed in before").isOk();
    }

    @Test
    void an_address_that_failed_elsewhere_still_opens_the_account_that_signed_in_from_there() {
        for (var name : new String[] {"bob", "eve", "joe"}) {
            SignedInUser.registers(app, name);
            fails(name, HOME, 10);
        }

        assertThat(login("ada", HOME, SignedInUser.PASSWORD)).isOk();
    }

    @Test
    void where_an_account_signed_in_is_known_over_a_restart() {
        fails("ada", "127.0.0.9", 10);
        app.restart();
        for (int i = 0; i < 100; i++) { // on a database that servers share, those before the restart count as well
            assertThat(login("ada", "127.0.1." + i / 10, "Wrong horse 1").status()).isIn(401, 429);
        }

        assertThat(login("ada", "127.0.2.1", SignedInUser.PASSWORD)).isError(429, TOO_MANY);
        assertThat(login("ada", HOME, SignedInUser.PASSWORD)).isOk();
    }

    @Test
    void a_new_password_forgets_the_addresses_of_those_who_had_the_old_one() {
        assertThat(login("ada", "127.0.0.9", SignedInUser.PASSWORD)).isOk();
        var token = login("ada", HOME, SignedInUser.PASSWORD).json().path("data").path("access_token").asText();
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM sign_in_addresses")).isEqualTo("2");

        app.with(token).post("/api/v1/users/me/password",
                "{\"current_password\":\"" + SignedInUser.PASSWORD + "\",\"new_password\":\"Battery staple 2\"}");

        assertThat(Rows.one(app.database(), "SELECT string_agg(address, ',') FROM sign_in_addresses")).isEqualTo(HOME);
    }

    @Test
    void the_newest_twenty_addresses_of_an_account_are_kept() {
        for (int i = 0; i < 25; i++) {
            assertThat(login("ada", "127.0.1." + i, SignedInUser.PASSWORD)).isOk();
        }

        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM sign_in_addresses")).isEqualTo("20");
        assertThat(Rows.one(app.database(), "SELECT COUNT(*) FROM sign_in_addresses WHERE address = '127.0.1.24'")).isEqualTo("1");
    }

    @Test
    void a_right_password_makes_good_for_the_wrong_ones_before_it() {
        for (int round = 0; round < 3; round++) {
            fails("ada", "127.0.0.9", 9);
            assertThat(login("ada", "127.0.0.9", SignedInUser.PASSWORD)).isOk();
        }
    }

    @Test
    void the_current_password_is_guessed_no_more_often_than_at_the_door() {
        var ada = app.with(login("ada", HOME, SignedInUser.PASSWORD).json().path("data").path("access_token").asText());
        for (int i = 0; i < 10; i++) {
            assertThat(changePassword(ada, "Wrong horse 1")).isInvalid("body.current_password");
        }

        assertThat(changePassword(ada, SignedInUser.PASSWORD)).isError(429, TOO_MANY);
        assertThat(login("ada", HOME, SignedInUser.PASSWORD)).isError(429, TOO_MANY);
    }

    private static Answer changePassword(Client who, String current) {
        return who.post("/api/v1/users/me/password",
                "{\"current_password\":\"" + current + "\",\"new_password\":\"Battery staple 2\"}");
    }

    private void fails(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(login(name, address, "Wrong horse 1")).isError(401, "Invalid email or password");
        }
    }

    private Answer login(String name, String address, String password) {
        return app.from(address).post("/api/v1/auth/login",
                "{\"email\":\"%s@example.org\",\"password\":\"%s\"}".formatted(name, password));
    }
}
