package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Await;
import ollamaweb.testing.PostgresServer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers on one PostgreSQL database. */
@Timeout(60)
class ServersTest {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    private Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = Cluster.of(2);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void what_one_server_writes_the_other_reads() {
        long id = cluster.server(0).as("ada").startsConversation("tiny");

        assertThat(cluster.server(1).with("key-of-ada").get("/api/conversations/" + id)).isOk();
    }

    @Test
    void a_server_that_starts_or_stops_leaves_the_answers_of_others_alone() throws Exception {
        var gate = new Gate();
        cluster.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = cluster.server(0).as("ada");
        try (var stream = ada.ask(ASK)) {
            gate.awaitArrival();

            var third = cluster.add();
            assertThat(third.with("key-of-ada").messages(1).get(1).path("status").asText()).isEqualTo("streaming");
            third.restart();
            assertThat(third.with("key-of-ada").messages(1).get(1).path("status").asText()).isEqualTo("streaming");
            gate.open();

            assertThat(stream.rest()).extracting(Event::name).endsWith("done");
        }
        assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("Hello");
    }

    @Test
    void a_conversation_has_one_answer_at_a_time_whichever_servers_are_asked() {
        var gate = new Gate();
        cluster.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        long id = cluster.server(0).as("ada").startsConversation("tiny");
        var ask = "{\"message\":\"Hi\",\"stream\":false,\"conversation_id\":" + id + "}";

        var answers = List.of(0, 1, 0, 1, 0, 1).stream()
                .map(server -> Concurrently.supply(() -> cluster.server(server).with("key-of-ada").post("/api/chat/stream", ask)))
                .toList();
        gate.awaitArrival();
        Await.await(() -> answers.stream().filter(CompletableFuture::isDone).count() == 5, () -> "not all others are refused");
        gate.open();

        assertThat(answers.stream().map(CompletableFuture::join).map(answer -> answer.status()).sorted())
                .containsExactly(200, 409, 409, 409, 409, 409);
        assertThat(cluster.ollama().chats()).hasSize(1);
    }

    @Test
    void servers_that_start_at_once_on_an_empty_database_do_not_collide() throws Exception {
        var url = PostgresServer.newEmptyDatabase();
        var starts = List.of(startsOn(url), startsOn(url), startsOn(url));
        var servers = starts.stream().map(CompletableFuture::join).toList();

        long id = servers.get(0).as("ada").startsConversation("tiny");

        for (var server : servers) {
            assertThat(server.with("key-of-ada").get("/api/conversations/" + id)).isOk();
        }
        for (var server : servers) {
            server.close();
        }
        PostgresServer.drop(url);
    }

    private CompletableFuture<TestApp> startsOn(String url) {
        var settings = cluster.settings();
        return Concurrently.supply(() -> {
            try {
                return TestApp.started(settings.get(0), settings.get(1), settings.get(2), settings.get(3), "DATABASE_URL", url);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
