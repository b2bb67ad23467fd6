package ollamaweb.cluster;

import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Client;
import ollamaweb.testing.Cluster;
import ollamaweb.testing.Event;
import ollamaweb.testing.EventReader;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Redis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many answers of one server that are followed on two others, through Redis; six hundred of them are in the benchmark. */
@Tag("strain")
@Timeout(600)
class ManyFollowersTest {

    private static final int ANSWERS = 100;
    private static final int TOKENS = 40;
    private static final String ASK = "{\"message\":\"Count\",\"model_name\":\"counter\"}";

    private Redis redis;
    private Cluster cluster;
    private Client ada;

    @BeforeEach
    void start() throws Exception {
        redis = Redis.start();
        cluster = Cluster.of(3, "REDIS_URL", redis.url());
        ada = cluster.server(0).as("ada");
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        redis.close();
    }

    @Test
    void many_answers_are_whole_and_in_order_on_every_server() {
        var gate = new Gate();
        cluster.ollama().model("counter", hold(gate).then(tokens(TOKENS, 4)));
        var expected = String.join("", IntStream.range(0, TOKENS).mapToObj(i -> " t" + i).toList());
        var texts = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < ANSWERS; i++) {
            var asked = ada.ask(ASK);
            long answer = SeveralServersTests.answerOf(asked);
            texts.add(Concurrently.supply(() -> text(asked)));
            texts.add(Concurrently.supply(() -> text(elsewhere(1).follow(answer))));
            texts.add(Concurrently.supply(() -> text(elsewhere(2).follow(answer))));
        }
        gate.open();

        for (var text : texts) {
            assertThat(text.join()).isEqualTo(expected);
        }
    }

    @Test
    void a_token_is_on_another_server_soon_after_it_was_on_its_own() {
        var gate = new Gate();
        cluster.ollama().model("counter", hold(gate).then(tokens(200, 50)));
        try (var asked = ada.ask(ASK); var there = elsewhere(1).follow(SeveralServersTests.answerOf(asked))) {
            var own = Concurrently.supply(() -> times(asked));
            var elsewhere = Concurrently.supply(() -> times(there));
            gate.open();

            var first = own.join();
            var delays = new ArrayList<Long>();
            elsewhere.join().forEach((id, time) -> delays.add(time - first.get(id)));
            delays.sort(null);
            var median = Duration.ofNanos(delays.get(delays.size() / 2));
            assertThat(delays).hasSizeGreaterThan(100);
            assertThat(median).as("median of " + delays.size()).isLessThan(Duration.ofMillis(200));
        }
    }

    private Client elsewhere(int server) {
        return cluster.server(server).with("key-of-ada");
    }

    private static String text(EventReader stream) {
        try (stream) {
            List<Event> events = stream.rest();
            assertThat(events.get(events.size() - 1).name()).isEqualTo("done");
            return SeveralServersTests.text(events);
        }
    }

    /** @return when each token was there, by its id */
    private static Map<String, Long> times(EventReader stream) {
        var times = new HashMap<String, Long>();
        for (var event = stream.next(); event != null; event = stream.next()) {
            if (event.name().equals("token")) {
                times.put(event.id(), System.nanoTime());
            }
        }
        return times;
    }
}
