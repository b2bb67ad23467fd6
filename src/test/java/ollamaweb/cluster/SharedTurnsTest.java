package ollamaweb.cluster;

import static ollamaweb.testing.Await.await;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.Cluster;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import org.junit.jupiter.api.Test;

class SharedTurnsTest {

    @Test
    void a_host_makes_no_more_answers_at_once_for_two_servers_than_for_one() throws Exception {
        try (var cluster = Cluster.of(2, "OLLAMA_PARALLEL", "1")) {
            var gate = new Gate();
            cluster.ollama().model("tiny", hold(gate).then(say("Hello")));
            var ask = "{\"message\":\"Hi\",\"model_name\":\"tiny\"}";
            try (var first = cluster.server(0).as("ada").ask(ask)) {
                gate.awaitArrival();
                try (var second = cluster.server(1).as("ada").ask(ask)) {
                    second.next("conversation_created");
                    second.next("message_created");
                    assertThat(second.next("queued").json().path("position").asInt()).isEqualTo(1);
                    assertThat(cluster.ollama().chats()).hasSize(1);

                    gate.open();

                    assertThat(first.rest()).extracting(Event::name).endsWith("token", "done");
                    assertThat(second.rest()).extracting(Event::name).containsExactly("token", "done");
                }
            }
            await(() -> {
                try {
                    return cluster.row("SELECT COUNT(*) FROM model_slots").equals("0");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }, () -> "a slot is still taken");
        }
    }
}
