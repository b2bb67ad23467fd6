package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.pulling;
import static ollamaweb.testing.Script.silence;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.EventReader;
import org.junit.jupiter.api.Test;

/** A model is fetched by one server, for all of them. */
class SharedPullsTest {

    @Test
    void a_pull_of_another_server_is_listed_joined_and_ended_and_models_that_came_are_in_all_lists() throws Exception {
        try (var cluster = Cluster.of(2)) {
            var here = cluster.server(0).as("ada");
            var there = cluster.server(1).with(here.token());
            cluster.ollama().pulling("big", pulling("aaa", 7, 100).then(silence()));
            assertThat(names(there)).doesNotContain("small:latest");
            try (var first = pull(here, "big"); var second = pull(there, "big")) {
                long id = first.next("progress").json().path("id").asLong();
                var seen = second.next("progress").json();
                while (seen.path("completed").asLong() != 7) {
                    seen = second.next("progress").json();
                }
                assertThat(seen.path("id").asLong()).isEqualTo(id);
                assertThat(there.get("/api/models/pulls").json().path("count").asInt()).isEqualTo(1);

                assertThat(there.delete("/api/models/pulls/" + id)).isOk();

                for (var stream : List.of(first, second)) {
                    var events = stream.rest();
                    assertThat(events.get(events.size() - 1).name()).isEqualTo("error");
                }
            }
            pull(here, "small").rest();
            Await.await(() -> names(there).contains("small:latest"), () -> names(there).toString());
        }
    }

    private static EventReader pull(Client admin, String name) {
        var body = RequestBody.create("{\"name\":\"" + name + "\"}", MediaType.get("application/json"));
        return admin.open(admin.request("/api/models/pull").post(body).build());
    }

    private static List<String> names(Client user) {
        return user.get("/api/models/list").json().path("models").findValuesAsText("name");
    }
}
