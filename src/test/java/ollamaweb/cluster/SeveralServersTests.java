package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.silence;
import static ollamaweb.testing.Script.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import ollamaweb.testing.Client;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one server can do, any other can do for its answers: with Redis between them and without. */
abstract class SeveralServersTests {

    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";

    private Cluster cluster;
    private Client ada;

    /** @return the settings of the servers, names and values in turn */
    abstract String[] settings() throws Exception;

    @BeforeEach
    void start() throws Exception {
        cluster = Cluster.of(3, settings());
        ada = cluster.server(0).as("ada");
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    final Cluster cluster() {
        return cluster;
    }

    @Test
    void an_answer_is_followed_on_any_server_as_it_comes() {
        var first = new Gate();
        var second = new Gate();
        cluster.ollama().model("tiny", say("Grüße, ").then(hold(first), say("schöne "), hold(second), say("Welt")));
        try (var asked = ada.ask(ASK)) {
            long answer = answerOf(asked);
            first.awaitArrival();
            try (var there = elsewhere(1).follow(answer); var andThere = elsewhere(2).follow(answer)) {
                assertThat(read(there, "Grüße, ")).isEqualTo("Grüße, ");
                first.open();
                assertThat(read(there, "schöne ")).isEqualTo("schöne ");
                assertThat(read(andThere, "Grüße, schöne ")).isEqualTo("Grüße, schöne ");
                second.open();

                var own = asked.rest();
                for (var follower : List.of(there, andThere)) {
                    var rest = follower.rest();
                    assertThat(text(rest)).isEqualTo("Welt");
                    assertThat(rest.get(rest.size() - 1).data()).isEqualTo(own.get(own.size() - 1).data());
                    assertThat(rest.get(rest.size() - 1).name()).isEqualTo("done");
                }
            }
        }
    }

    @Test
    void what_a_model_thinks_is_followed_on_any_server_too() {
        var first = new Gate();
        var second = new Gate();
        cluster.ollama().model("tiny", thinking("Hm, ").then(hold(first), thinking("well… "), say("Yes"), hold(second), say("!")));
        try (var asked = ada.ask(ASK)) {
            long answer = answerOf(asked);
            first.awaitArrival();
            try (var there = elsewhere(1).follow(answer)) {
                assertThat(there.next("thinking").content()).isEqualTo("Hm, ");
                first.open();
                var thought = there.next("thinking");
                assertThat(thought.content()).isEqualTo("well… ");
                second.awaitArrival();
                var request = elsewhere(2).request("/api/chat/stream/" + answer).header("Last-Event-ID", thought.id()).build();
                try (var resumed = elsewhere(2).open(request)) {
                    assertThat(read(resumed, "Yes")).isEqualTo("Yes");
                    second.open();
                    assertThat(text(resumed.rest())).isEqualTo("!");
                }
                assertThat(text(there.rest())).isEqualTo("Yes!");
            }
        }
    }

    @Test
    void a_stream_is_resumed_on_another_server_where_it_broke_off() {
        var gate = new Gate();
        cluster.ollama().model("tiny", say("one ", "two ", "three ").then(hold(gate), say("four")));
        String last = null;
        long answer;
        try (var asked = ada.ask(ASK)) {
            answer = answerOf(asked);
            for (var said = new StringBuilder(); !said.toString().equals("one two ");) {
                var token = asked.next("token");
                said.append(token.content());
                last = token.id();
            }
        }
        var request = elsewhere(1).request("/api/chat/stream/" + answer).header("Last-Event-ID", last).build();
        try (var resumed = elsewhere(1).open(request)) {
            assertThat(read(resumed, "three ")).isEqualTo("three ");
            gate.open();
            assertThat(text(resumed.rest())).isEqualTo("four");
        }
    }

    @Test
    void an_answer_is_stopped_from_another_server_and_goes_on_on_a_third() {
        cluster.ollama().model("tiny", say("Hel").then(silence()));
        try (var asked = ada.ask(ASK)) {
            long answer = answerOf(asked);
            asked.next("token");

            var stopped = elsewhere(1).post("/api/chat/" + answer + "/stop", "{}");

            assertThat(stopped).isOk();
            assertThat(stopped.json().path("status").asText()).isEqualTo("interrupted");
            assertThat(asked.rest()).extracting(Event::name).endsWith("done");
            cluster.ollama().model("tiny", say("lo"));
            assertThat(elsewhere(2).chat("{\"conversation_id\":1,\"continue\":true}")).extracting(Event::name).endsWith("done");
            assertThat(ada.messages(1).get(1).path("content").asText()).isEqualTo("Hello");
            assertThat(elsewhere(1).chat("{\"conversation_id\":1,\"regenerate\":true}")).extracting(Event::name).endsWith("done");
        }
    }

    @Test
    void what_is_deleted_on_one_server_ends_on_all() {
        cluster.ollama().model("tiny", say("Hel").then(silence()));
        try (var asked = ada.ask(ASK)) {
            long answer = answerOf(asked);
            try (var there = elsewhere(1).follow(answer)) {
                read(there, "Hel");

                assertThat(elsewhere(2).delete("/api/conversations/1")).isOk();

                assertThat(there.rest()).extracting(Event::data).containsExactly("{\"error\":\"The conversation was deleted\"}");
                assertThat(asked.rest()).extracting(Event::name).endsWith("error");
            }
        }
        cluster.ollama().awaitClientsGone(1);
    }

    @Test
    void a_key_that_is_revoked_on_one_server_opens_nothing_on_the_others() {
        cluster.ollama().model("tiny", say("Hel").then(silence()));
        var made = ada.post("/api/v1/users/me/api-keys", "{\"name\":\"other\"}").json().path("data");
        var other = cluster.server(1).with(made.path("api_key").asText());
        try (var asked = other.ask(ASK)) {
            long answer = answerOf(asked);
            asked.next("token");
            try (var there = cluster.server(2).with(made.path("api_key").asText()).follow(answer)) {
                read(there, "Hel");

                assertThat(ada.delete("/api/v1/users/me/api-keys/" + made.path("id").asLong())).isOk();

                assertThat(asked.rest()).extracting(Event::name).endsWith("error");
                assertThat(there.rest()).extracting(Event::name).endsWith("error");
            }
        }
        assertThat(other.get("/api/conversations")).isError(401, "Invalid API key");
        assertThat(ada.post("/api/chat/2/stop", "{}")).as("it goes on, for its owner").isOk();
    }

    @Test
    void a_list_of_models_that_is_cleared_on_one_server_is_asked_for_again_on_all() {
        cluster.ollama().model("tiny", say("Hello"));
        var there = elsewhere(1);
        assertThat(there.get("/api/models/list").json().toString()).doesNotContain("fresh");
        cluster.ollama().model("fresh", say("Hello"));

        assertThat(ada.post("/api/models/cache/clear", "{}")).isOk();

        Await.await(() -> there.get("/api/models/list").json().toString().contains("fresh"), () -> "still the old list");
    }

    @Test
    void an_answer_is_whole_everywhere_though_the_database_was_away_in_its_middle() throws Exception {
        var first = new Gate();
        var second = new Gate();
        cluster.ollama().model("tiny", say("Hel").then(hold(first), say("lo, "), hold(second), say("world")));
        try (var asked = ada.ask(ASK)) {
            long answer = answerOf(asked);
            first.awaitArrival();
            try (var there = elsewhere(1).follow(answer)) {
                read(there, "Hel");
                for (int i = 0; i < 3; i++) {
                    cluster.wayOf(i).cut();
                }
                first.open();
                second.awaitArrival();
                for (int i = 0; i < 3; i++) {
                    cluster.wayOf(i).restore();
                }
                second.open();

                assertThat(asked.rest()).extracting(Event::name).endsWith("done");
                assertThat(there.rest()).extracting(Event::name).endsWith("done");
            }
            Await.await(() -> elsewhere(2).get("/api/conversations/1").json().at("/messages/1/content").asText().equals("Hello, world"),
                    () -> "the answer is not whole");
        }
    }

    /** @return ada on another server */
    final Client elsewhere(int server) {
        return cluster.server(server).with("key-of-ada");
    }

    static long answerOf(EventReader stream) {
        stream.next("conversation_created");
        return stream.next("message_created").json().path("answer_id").asLong();
    }

    /** @return what the next tokens say, up to so much */
    static String read(EventReader stream, String text) {
        var said = new StringBuilder();
        while (said.length() < text.length()) {
            said.append(stream.next("token").content());
        }
        return said.toString();
    }

    static String text(List<Event> events) {
        var said = new StringBuilder();
        events.stream().filter(event -> event.name().equals("token")).forEach(event -> said.append(event.content()));
        return said.toString();
    }
}
