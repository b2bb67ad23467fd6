package ollamaweb.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Gate;
import ollamaweb.testing.ServerProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed, or loses its database: what it had under way goes to the others within 30 seconds. */
@Tag("strain")
@Timeout(180)
class LostServerTest {

    private static final Duration TAKE_OVER = Duration.ofSeconds(30);
    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    @TempDir
    private Path folder;
    private Cluster cluster;
    private Client ada;
    private Gate gate;

    @BeforeEach
    void start() throws Exception {
        cluster = Cluster.of(2);
        ada = cluster.server(0).as("ada");
        gate = new Gate();
        cluster.ollama().model("tiny", request -> say("Hel").then(hold(gate), say("lo")));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void answers_of_a_killed_server_are_interrupted_and_can_be_continued_on_another() throws Exception {
        try (var server = killable(); var stream = server.with("key-of-ada").ask(ASK)) {
            long answer = answerOf(stream);
            stream.next("token");
            awaitSaved(answer, "Hel");

            server.kill();

            awaitStatus(answer, "interrupted", TAKE_OVER);
        }
        gate.open();
        cluster.ollama().model("tiny", say("p!"));
        var events = cluster.server(1).with("key-of-ada").chat("{\"conversation_id\":1,\"continue\":true}");
        assertThat(events).extracting(Event::name).endsWith("done");
        assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("Help!");
    }

    @Test
    void a_server_that_is_killed_under_load_loses_no_question_that_it_acknowledged() throws Exception {
        var streams = new ArrayList<EventReader>();
        try (var server = killable()) {
            for (int i = 0; i < 50; i++) {
                var stream = server.with("key-of-ada").ask(ASK);
                streams.add(stream);
                answerOf(stream);
            }

            server.kill();
        }
        streams.forEach(EventReader::close);

        assertThat(row("SELECT COUNT(*) FROM messages WHERE role = 'user' AND content = 'Hi'")).isEqualTo("50");
        Await.await(TAKE_OVER, () -> "50".equals(row("SELECT COUNT(*) FROM messages WHERE status = 'interrupted'")),
                () -> "not all are interrupted");
        assertThat(row("SELECT COUNT(*) FROM message_parts")).isEqualTo("0");
    }

    @Test
    void insights_of_a_killed_server_are_written_by_another() throws Exception {
        var others = row("SELECT string_agg(CAST(id AS text), ',') FROM servers");
        assertThat(ada.post("/api/v1/tasks", "{\"title\":\"Swim\"}")).hasStatus(201);
        long id;
        try (var server = killable()) {
            id = orders(server);
            for (int tries = 0; row("SELECT 1 FROM insights WHERE server_id IN (" + others + ")") != null && tries < 20; tries++) {
                ada.delete("/api/v1/insights/" + id);
                id = orders(server);
            }

            server.kill();
        }
        gate.open();

        var insight = "/api/v1/insights/" + id;
        Await.await(TAKE_OVER, () -> ada.get(insight).json().path("data").path("status").asText().equals("ready"),
                () -> "not written: " + ada.get(insight).body());
    }

    @Test
    void an_import_of_a_killed_server_is_gone_on_with_by_another_and_doubles_nothing() throws Exception {
        long id;
        try (var server = killable()) {
            id = imports(server);
            server.kill();
        }

        Await.await(TAKE_OVER.multipliedBy(2), () -> ada.get("/api/import/" + id).json().path("status").asText().equals("done"),
                () -> ada.get("/api/import/" + id).body());
        assertThat(ada.get("/api/import/" + id).json().path("imported").asInt()).isEqualTo(150);
        assertThat(ada.get("/api/conversations").json().path("total").asInt()).isEqualTo(150);
    }

    /** @return an import that is being read, by whichever server */
    private long imports(ServerProcess server) {
        var begun = server.with("key-of-ada").upload("/api/import", "sessions.json", sessions(150).getBytes(UTF_8));
        assertThat(begun).hasStatus(202);
        var path = "/api/import/" + begun.json().path("id").asLong();
        Await.await(() -> ada.get(path).json().path("done").asInt() > 2, () -> ada.get(path).body());
        return begun.json().path("id").asLong();
    }

    private static String sessions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"title\":\"Session " + i + "\",\"model\":\"tiny\",\"messages\":["
                        + "{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Hello\"}]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void a_server_without_its_database_loses_its_answers_to_the_others_and_writes_into_none_of_them() throws Exception {
        try (var stream = ada.ask(ASK)) {
            long answer = answerOf(stream);
            stream.next("token");
            awaitSaved(answer, "Hel");
            cluster.wayOf(0).cut();

            var elsewhere = cluster.server(1).with("key-of-ada");
            Await.await(TAKE_OVER, () -> elsewhere.messages(1).get(1).path("status").asText().equals("interrupted"),
                    () -> "not interrupted");
            var other = new Gate();
            cluster.ollama().model("tiny", say("p").then(hold(other), say("!")));
            try (var continued = elsewhere.ask("{\"conversation_id\":1,\"continue\":true}")) {
                other.awaitArrival();
                gate.open();
                cluster.wayOf(0).restore();

                assertThat(stream.rest()).extracting(Event::name).endsWith("error");
                assertThat(elsewhere.messages(1).get(1).path("status").asText()).isEqualTo("streaming");
                other.open();
                assertThat(continued.rest()).extracting(Event::name).endsWith("done");
            }
            assertThat(elsewhere.messages(1).get(1).path("content").asText()).isEqualTo("Help!");
        }
        Await.await(() -> ada.get("/api/v1/health").status() == 200, () -> "still without a database");
        cluster.ollama().model("tiny", say("Back"));
        assertThat(ada.chat(ASK)).extracting(Event::name).endsWith("done");
    }

    /** @return an insight that is being written, by whichever server */
    private long orders(ServerProcess server) {
        var order = server.with("key-of-ada").post("/api/v1/insights", "{\"kind\":\"daily_summary\",\"model_name\":\"tiny\"}");
        assertThat(order).hasStatus(202);
        long id = order.json().path("data").path("id").asLong();
        Await.await(() -> row("SELECT 1 FROM insights WHERE started_at IS NOT NULL AND id = " + id) != null, () -> "not begun");
        return id;
    }

    private ServerProcess killable() throws Exception {
        var lines = new StringBuilder("DATABASE_URL=" + cluster.url() + "\n");
        var settings = cluster.settings();
        for (int i = 0; i < settings.size(); i += 2) {
            lines.append(settings.get(i)).append('=').append(settings.get(i + 1)).append('\n');
        }
        Files.writeString(folder.resolve(".env"), lines);
        return ServerProcess.start(folder, cluster.ollama().url());
    }

    private static long answerOf(EventReader stream) {
        stream.next("conversation_created");
        return stream.next("message_created").json().path("answer_id").asLong();
    }

    private void awaitSaved(long answer, String text) {
        Await.await(() -> text.equals(row("SELECT text FROM message_parts WHERE message_id = " + answer)), () -> "not saved");
    }

    private void awaitStatus(long answer, String status, Duration limit) {
        Await.await(limit, () -> status.equals(row("SELECT status FROM messages WHERE id = " + answer)), () -> "not " + status);
    }

    private String row(String query) {
        try {
            return cluster.row(query);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
