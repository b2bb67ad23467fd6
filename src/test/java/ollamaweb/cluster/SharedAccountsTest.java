package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an admin does with an account on one server holds on all. */
@Timeout(120)
class SharedAccountsTest {

    private static final String QUESTION = "{\"model_name\":\"echo\",\"message\":\"hello\",\"stream\":false}";
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void an_account_that_is_disabled_on_one_server_is_so_on_all_until_it_is_enabled() throws Exception {
        try (var cluster = Cluster.of(2)) {
            var admin = cluster.server(0).as("admin");
            var bob = cluster.server(1).as("bob");
            var path = "/api/v1/users/" + bob.get("/api/v1/users/me").json().at("/data/id").asLong();
            try (var events = bob.accountEvents()) {
                assertThat(admin.patch(path, "{\"disabled\":true}")).isOk();

                assertThat(events.rest()).extracting(Event::name).endsWith("error");
            }
            await(SOON, () -> bob.get("/api/v1/users/me").status() == 401, () -> "the key is still good");

            assertThat(admin.patch(path, "{\"disabled\":false}")).isOk();

            await(SOON, () -> bob.get("/api/v1/users/me").status() == 200, () -> "the key is not good again");
        }
    }

    @Test
    void tokens_of_a_day_that_are_set_on_one_server_are_known_to_all() throws Exception {
        try (var cluster = Cluster.of(2)) {
            var admin = cluster.server(0).as("admin");
            var bob = cluster.server(1).as("bob");
            assertThat(bob.post("/api/chat/stream", QUESTION)).isOk();
            var path = "/api/v1/users/" + bob.get("/api/v1/users/me").json().at("/data/id").asLong();

            assertThat(admin.patch(path, "{\"tokens_per_day\":1}")).isOk();

            await(SOON, () -> bob.post("/api/chat/stream", QUESTION).status() == 429, () -> "bob still has tokens");
        }
    }
}
