package ollamaweb.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Cluster;
import org.junit.jupiter.api.Test;

/** Files are read by whichever server is free, and by each as long as the database is there. */
class SharedImportsTest {

    private static final int SESSIONS = 150;

    @Test
    void the_same_file_at_two_servers_at_once_comes_once() throws Exception {
        try (var cluster = Cluster.of(2)) {
            var here = cluster.server(0).as("ada");
            var there = cluster.server(1).with(here.token());

            var first = begin(here);
            var second = begin(there);

            assertThat(ended(here, first).path("imported").asInt() + ended(here, second).path("imported").asInt()).isEqualTo(SESSIONS);
            assertThat(here.get("/api/conversations").json().path("total").asInt()).isEqualTo(SESSIONS);
        }
    }

    @Test
    void an_import_goes_on_once_the_database_is_back() throws Exception {
        try (var cluster = Cluster.of(1)) {
            var ada = cluster.server(0).as("ada");
            var id = begin(ada);
            Await.await(() -> ada.get("/api/import/" + id).json().path("done").asInt() > 5, () -> "it has not begun");

            for (int i = 0; i < 3; i++) {
                cluster.wayOf(0).cut();
                cluster.wayOf(0).restore();
                Thread.sleep(500);
            }

            var ended = ended(ada, id);
            assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("done");
            assertThat(ended.path("imported").asInt()).isEqualTo(SESSIONS);
            assertThat(ada.get("/api/conversations").json().path("total").asInt()).isEqualTo(SESSIONS);
        }
    }

    private static String begin(Client user) {
        var sessions = IntStream.range(0, SESSIONS)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"How?\"}]}")
                .collect(Collectors.joining(",", "[", "]"));
        var begun = user.upload("/api/import", "sessions.json", sessions.getBytes(UTF_8));
        assertThat(begun).hasStatus(202);
        return begun.json().path("id").asText();
    }

    private static JsonNode ended(Client user, String id) {
        Await.await(Duration.ofSeconds(60), () -> user.get("/api/import/" + id).json().hasNonNull("finished_at"), () -> "it does not end");
        return user.get("/api/import/" + id).json();
    }
}
