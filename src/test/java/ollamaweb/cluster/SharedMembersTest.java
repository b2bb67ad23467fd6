package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Cluster;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import org.junit.jupiter.api.Test;

class SharedMembersTest {

    private static final Event END = new Event(null, "error", "{\"error\":\"You are no longer a member of this conversation\"}");

    @Test
    void a_member_follows_a_conversation_on_any_server_until_it_is_removed_on_another() throws Exception {
        try (var cluster = Cluster.of(2)) {
            var gate = new Gate();
            cluster.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
            var ada = cluster.server(0).as("ada");
            cluster.server(0).as("rita");
            var rita = cluster.server(1).as("rita");
            long member = rita.get("/api/config/get").json().path("user_id").asLong();
            long id = ada.startsConversation("tiny");
            var path = "/api/conversations/" + id;
            assertThat(ada.post(path + "/members", "{\"user_id\":" + member + ",\"role\":\"reader\"}")).hasStatus(201);
            try (var events = rita.open(rita.request(path + "/events").get().build());
                    var asking = ada.ask("{\"conversation_id\":" + id + ",\"message\":\"Hi\"}")) {
                gate.awaitArrival();
                events.next("message_created");
                events.next("conversation_updated");
                long answer = events.next("answer_started").json().path("answer_id").asLong();
                try (var following = rita.follow(answer)) {
                    assertThat(following.next("token").content()).isEqualTo("Hel");

                    assertThat(ada.delete(path + "/members/" + member)).isOk();

                    assertThat(following.rest()).containsExactly(END);
                    assertThat(events.rest()).endsWith(END);
                }
                gate.open();
                assertThat(asking.rest()).extracting(Event::name).endsWith("done");
            }
            assertThat(rita.get(path)).hasStatus(404);
        }
    }
}
