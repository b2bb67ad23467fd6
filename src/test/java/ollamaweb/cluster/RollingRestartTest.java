package ollamaweb.cluster;

import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Await;
import ollamaweb.testing.Cluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are replaced one after the other, behind a proxy that takes another one when a connection is refused. */
@Tag("strain")
@Timeout(120)
class RollingRestartTest {

    private static final int SERVERS = 3;
    private static final String ASK = "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"stream\":false}";

    @Test
    void no_request_fails_but_with_a_503_that_says_when_to_come_again() throws Exception {
        try (var cluster = Cluster.of(SERVERS)) {
            cluster.server(0).as("ada");
            cluster.ollama().model("tiny", say("Hello"));
            var over = new AtomicBoolean();
            var asking = Concurrently.supply(() -> requests(cluster, over, true));
            var reading = Concurrently.supply(() -> requests(cluster, over, false));
            for (int i = SERVERS - 1; i > 0; i--) {
                cluster.server(i).restart();
            }
            over.set(true);

            for (var answers : List.of(asking.join(), reading.join())) {
                assertThat(answers).isNotEmpty().allSatisfy(answer -> {
                    if (answer.status() == 503) {
                        Answer.assertThat(answer).hasHeader("Retry-After", "1");
                    } else {
                        Answer.assertThat(answer).isOk();
                    }
                });
                assertThat(answers).anyMatch(answer -> answer.status() == 200);
            }
        }
    }

    private static List<Answer> requests(Cluster cluster, AtomicBoolean over, boolean asks) {
        var answers = new ArrayList<Answer>();
        for (int i = 0; !over.get(); i++) {
            int first = i;
            Await.await(() -> passes(cluster, first, asks, answers), () -> "all servers refuse connections");
        }
        return answers;
    }

    /** @return whether a server took the request */
    private static boolean passes(Cluster cluster, int first, boolean asks, List<Answer> answers) {
        for (int i = 0; i < SERVERS; i++) {
            try {
                var client = cluster.server((first + i) % SERVERS).with("key-of-ada");
                answers.add(asks ? client.post("/api/chat/stream", ASK) : client.get("/api/conversations"));
                return true;
            } catch (UncheckedIOException | IllegalArgumentException refused) {
                // The port is closed, or the server has none at the moment.
            }
        }
        return false;
    }
}
