package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;

import java.util.stream.IntStream;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Await;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.SignedInUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a password may be wrong is counted by all servers together. */
class SharedSignInLimitTest {

    private Cluster cluster;
    private SignedInUser bob;

    @BeforeEach
    void start() throws Exception {
        cluster = Cluster.of(3);
        bob = SignedInUser.registers(cluster.server(0), "bob");
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void wrong_passwords_are_counted_on_all_servers() {
        IntStream.range(0, 10).forEach(i -> assertThat(signsIn(i % 2, "Wrong horse 1")).hasStatus(401));
        awaitNewsOf(0);
        awaitNewsOf(1);

        assertThat(signsIn(2, SignedInUser.PASSWORD)).isError(429, "Too many failed sign-ins, please try again later");
    }

    @Test
    void a_right_one_makes_good_for_them_on_all_servers() {
        IntStream.range(0, 9).forEach(i -> assertThat(signsIn(0, "Wrong horse 1")).hasStatus(401));
        awaitNewsOf(0);
        assertThat(signsIn(2, SignedInUser.PASSWORD)).isOk();
        awaitNewsOf(2);

        IntStream.range(0, 2).forEach(i -> assertThat(signsIn(0, "Wrong horse 1")).hasStatus(401));
    }

    private Answer signsIn(int server, String password) {
        return cluster.server(server).anonymous().post("/api/v1/auth/login",
                "{\"email\":\"bob@example.org\",\"password\":\"" + password + "\"}");
    }

    /** Waits until what a server has announced so far has come to the others: what is announced in order is heard in order. */
    private void awaitNewsOf(int server) {
        var there = cluster.server(server).with(bob.accessToken());
        for (int other = 0; other < 3; other++) {
            if (other != server) {
                var key = there.post("/api/v1/users/me/api-keys", "{\"name\":\"news\"}").json().path("data");
                var elsewhere = cluster.server(other).with(key.path("api_key").asText());
                assertThat(elsewhere.get("/api/conversations")).isOk();
                assertThat(there.delete("/api/v1/users/me/api-keys/" + key.path("id").asLong())).isOk();
                Await.await(() -> elsewhere.get("/api/conversations").status() == 401, () -> "the key is still good");
            }
        }
    }
}
