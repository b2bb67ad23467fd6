package ollamaweb.insights;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.cutMidLine;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.refuse;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.silence;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InsightJobTest {

    private static final String INSIGHTS = "/api/v1/insights/";

    private static final String DAILY = "{\"kind\":\"daily_summary\",\"model_name\":\"tiny\"}";

    @RegisterExtension
    final TestApp app = new TestApp();

    @BeforeEach
    void ada_has_a_goal() {
        OwnThings.of(app, app.as("ada")).goal("Learn to swim");
    }

    @Test
    void an_attempt_that_fails_is_made_again_after_growing_pauses_three_times() {
        app.ollama().model("tiny", refuse(500, "out of memory"));
        long id = order();

        await(id, insight -> insight.path("attempts").asInt() == 1 && insight.path("started_at").isNull());
        assertThat(insight(id).path("error").asText()).isEqualTo("Ollama: out of memory");
        app.clock().advance(Duration.ofSeconds(10));
        await(id, insight -> insight.path("attempts").asInt() == 2 && insight.path("started_at").isNull());
        app.clock().advance(Duration.ofMinutes(1));
        await(id, insight -> insight.path("attempts").asInt() == 3 && insight.path("started_at").isNull());
        assertThat(insight(id).path("status").asText()).isEqualTo("pending");
        app.clock().advance(Duration.ofMinutes(5));

        await(id, insight -> insight.path("status").asText().equals("failed"));
        assertThat(insight(id).path("error").asText()).isEqualTo("Ollama: out of memory");
        assertThat(insight(id).path("finished_at").isNull()).isFalse();
        assertThat(app.ollama().chats()).hasSize(4);
    }

    @Test
    void an_answer_that_breaks_off_is_asked_for_again_and_its_pieces_are_forgotten() {
        var asked = new AtomicInteger();
        app.ollama().model("tiny", request -> asked.incrementAndGet() == 1 ? say("Swi").then(cutMidLine()) : say("Swim!"));
        long id = order();

        await(id, insight -> !insight.path("error").isNull());
        app.clock().advance(Duration.ofSeconds(10));

        await(id, insight -> insight.path("status").asText().equals("ready"));
        assertThat(insight(id).path("content").asText()).isEqualTo("Swim!");
        assertThat(insight(id).path("error").isNull()).isTrue();
    }

    @Test
    void a_model_that_is_not_there_is_asked_once() {
        app.ollama().remove("tiny");

        var answer = app.as("ada").post(INSIGHTS + "?wait=20", DAILY);

        assertThat(answer).isOk();
        assertThat(answer.json().path("data").path("status").asText()).isEqualTo("failed");
        assertThat(answer.json().path("data").path("error").asText()).isEqualTo("Model 'tiny' not found");
        assertThat(app.ollama().chats()).hasSize(1);
    }

    @Test
    void a_model_that_says_nothing_has_failed() {
        app.ollama().model("tiny", say(" \n"));
        long id = order();

        await(id, insight -> insight.path("error").asText().equals("The model wrote nothing"));
    }

    @Test
    void a_model_that_never_stops_is_stopped_and_its_text_cut() {
        app.ollama().model("tiny", say("word ".repeat(9000)).then(silence()));

        var insight = app.as("ada").post(INSIGHTS + "?wait=20", DAILY).json().path("data");

        assertThat(insight.path("status").asText()).isEqualTo("ready");
        assertThat(insight.path("content").asText()).hasSize(20_000).endsWith("word…");
        app.ollama().awaitClientsGone(1);
    }

    @Test
    void what_waits_when_the_server_stops_is_written_after_the_next_start() {
        app.ollama().model("tiny", refuse(503, "busy"));
        long id = order();
        await(id, insight -> insight.path("attempts").asInt() == 1 && insight.path("started_at").isNull());
        app.ollama().model("tiny", say("Swim!"));

        app.restart();
        app.clock().advance(Duration.ofSeconds(10));

        await(id, insight -> insight.path("status").asText().equals("ready"));
    }

    @Test
    void what_is_being_written_when_the_server_stops_is_hung_up_on_and_written_after_the_next_start() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate).then(say("Never heard")));
        long id = order();
        gate.awaitArrival();

        app.ollama().model("tiny", say("Swim!"));
        app.restart();

        app.ollama().awaitClientsGone(1);
        await(id, insight -> insight.path("status").asText().equals("ready"));
        assertThat(insight(id).path("content").asText()).isEqualTo("Swim!");
        assertThat(insight(id).path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void what_a_killed_server_was_writing_is_written_after_the_next_start() {
        app.ollama().model("tiny", refuse(503, "busy"));
        long id = order();
        await(id, insight -> insight.path("attempts").asInt() == 1 && insight.path("started_at").isNull());
        OwnThings.of(app, app.as("ada")).looksAsIfItWereBeingWritten(id);
        app.ollama().model("tiny", say("Swim!"));
        app.clock().advance(Duration.ofSeconds(10));

        app.restart();

        await(id, insight -> insight.path("status").asText().equals("ready"));
    }

    @Test
    void deleting_what_is_being_written_hangs_up() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate));
        long id = order();
        gate.awaitArrival();

        assertThat(app.as("ada").delete(INSIGHTS + id)).isOk();

        app.ollama().awaitClientsGone(1);
        assertThat(app.as("ada").get(INSIGHTS + id)).isError(404, "Insight not found");
    }

    @Test
    void deleting_what_is_waited_for_ends_the_wait() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate));
        order();
        gate.awaitArrival();
        var waiting = Concurrently.supply(() -> app.as("ada").post(INSIGHTS + "?wait=60", DAILY));
        await(2, insight -> insight.path("status").asText().equals("pending"));

        assertThat(app.as("ada").delete(INSIGHTS + 2)).isOk();

        assertThat(waiting.join()).isError(404, "Insight not found");
        gate.open();
    }

    @Test
    void an_account_that_is_deleted_takes_along_what_is_being_written() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate));
        order();
        gate.awaitArrival();

        OwnThings.of(app, app.as("ada")).leave();

        app.ollama().awaitClientsGone(1);
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
