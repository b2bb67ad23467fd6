package ollamaweb.cluster;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.Event;
import ollamaweb.testing.Gate;
import ollamaweb.testing.SignedInUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers whose clocks differ by a minute. */
@Timeout(60)
class ClockSkewTest {

    private Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = Cluster.of(2);
        cluster.server(0).clock().advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void a_token_of_the_server_that_is_ahead_is_good_on_the_other() {
        var ada = SignedInUser.registers(cluster.server(0), "ada");

        assertThat(cluster.server(1).with(ada.accessToken()).get("/api/v1/users/me")).isOk();
        assertThat(cluster.server(1).anonymous().post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + ada.refreshToken() + "\"}")).isOk();
    }

    @Test
    void a_ticket_of_one_server_opens_the_stream_on_the_other() {
        var gate = new Gate();
        cluster.ollama().model("tiny", say("Hel").then(hold(gate), say("lo")));
        var ada = cluster.server(0).as("ada");
        try (var asked = ada.ask("{\"message\":\"Hi\",\"model_name\":\"tiny\"}")) {
            long answer = SeveralServersTests.answerOf(asked);
            var ticket = ada.post("/api/chat/stream/" + answer + "/ticket", "{}").json().path("ticket").asText();
            var anonymous = cluster.server(1).anonymous();
            try (var there = anonymous.open(anonymous.request("/api/chat/stream/" + answer + "?ticket=" + ticket).build())) {
                gate.open();
                assertThat(there.rest()).extracting(Event::name).endsWith("done");
            }
        }
    }
}
