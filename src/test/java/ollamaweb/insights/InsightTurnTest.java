package ollamaweb.insights;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose turn it is: insights go one after the other, and after people. */
class InsightTurnTest {

    private static final String INSIGHTS = "/api/v1/insights/";

    private static final String DAILY = "{\"kind\":\"daily_summary\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @BeforeEach
    void ada_has_a_goal() {
        OwnThings.of(app, app.as("ada")).goal("Learn to swim");
    }

    @Test
    void one_is_written_after_the_other() {
        var first = new Gate();
        var texts = new AtomicInteger();
        app.ollama().model("tiny", request -> texts.incrementAndGet() == 1 ? hold(first).then(say("One")) : say("Two"));
        long one = order();
        first.awaitArrival();

        var waiting = app.as("ada").post(INSIGHTS + "?wait=1", DAILY);

        assertThat(waiting).hasStatus(202);
        assertThat(waiting.json().path("data").path("started_at").isNull()).isTrue();
        assertThat(app.ollama().chats()).hasSize(1);
        first.open();
        await(waiting.json().path("data").path("id").asLong(), insight -> insight.path("content").asText().equals("Two"));
        assertThat(insight(one).path("content").asText()).isEqualTo("One");
    }

    @Test
    void different_ollamas_do_not_wait_for_each_other() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate));
        app.ollama().model("quick", say("Swim!"));
        order();
        gate.awaitArrival();
        var elsewhere = app.ollama().url().replace("127.0.0.1", "localhost");
        app.as("bob").post("/api/config/save", "{\"ollama_url\":\"" + elsewhere + "\"}");
        OwnThings.of(app, app.as("bob")).goal("Learn to swim, too");

        var answer = app.as("bob").post(INSIGHTS + "?wait=20", "{\"kind\":\"daily_summary\",\"model_name\":\"quick\"}");

        assertThat(answer).isOk();
        assertThat(answer.json().path("data").path("content").asText()).isEqualTo("Swim!");
        gate.open();
    }

    @Test
    void a_running_chat_goes_first() {
        var chat = new Gate();
        app.ollama().model("chatty", hold(chat).then(say("Bye")));
        app.ollama().model("tiny", say("Swim!"));
        try (var stream = app.as("bob").ask("{\"message\":\"Hi\",\"model_name\":\"chatty\"}")) {
            chat.awaitArrival();

            var waiting = app.as("ada").post(INSIGHTS + "?wait=1", DAILY);
            assertThat(waiting).hasStatus(202);
            assertThat(app.ollama().chats()).hasSize(1);

            chat.open();
            stream.rest();
        }
        await(1, insight -> insight.path("status").asText().equals("ready"));
    }

    @Test
    void a_chat_that_does_not_end_holds_an_insight_up_for_two_minutes() {
        var chat = new Gate();
        app.ollama().model("chatty", hold(chat));
        app.ollama().model("tiny", say("Swim!"));
        try (var stream = app.as("bob").ask("{\"message\":\"Hi\",\"model_name\":\"chatty\"}")) {
            chat.awaitArrival();
            long id = order();

            app.clock().advance(Duration.ofMinutes(2));

            await(id, insight -> insight.path("status").asText().equals("ready"));
            chat.open();
            stream.rest();
        }
    }

    private long order() {
        return app.as("ada").post(INSIGHTS, DAILY).json().path("data").path("id").asLong();
    }

    private JsonNode insight(long id) {
        return app.as("ada").get(INSIGHTS + id).json().path("data");
    }

    private void await(long id, Predicate<JsonNode> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.test(insight(id))) {
            assertThat(System.nanoTime()).as(() -> insight(id).toString()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
