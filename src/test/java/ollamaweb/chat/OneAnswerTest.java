package ollamaweb.chat;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OneAnswerTest {

    @RegisterExtension
    final TestApp app = new TestApp();

    @Test
    void a_second_message_while_an_answer_is_in_the_making_is_refused_with_the_answers_id() {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate).then(say("Hello")));
        var ada = app.as("ada");
        try (var stream = ada.ask("{\"message\":\"Hi\",\"model_name\":\"tiny\"}")) {
            gate.awaitArrival();

            var answer = ada.post("/api/chat/stream", "{\"message\":\"Hello?\",\"conversation_id\":1}");

            assertThat(answer).hasStatus(409).isJson("""
                    {"detail":"An answer is still in the making","answer_id":2}""");
            assertThat(ada.post("/api/chat/stream", "{\"conversation_id\":1,\"regenerate\":true}")).hasStatus(409);
            assertThat(ada.messages(1)).as("nothing of it is saved").hasSize(2);
            gate.open();
            stream.rest();
        }
        assertThat(ada.post("/api/chat/stream", "{\"message\":\"Hello?\",\"conversation_id\":1,\"stream\":false}")).isOk();
    }

    @Test
    void of_messages_that_race_one_wins_and_each_is_answered_or_refused() throws Exception {
        var gate = new Gate();
        app.ollama().model("tiny", hold(gate).then(say("Hello")));
        var ada = app.as("ada");
        long conversation = ada.startsConversation("tiny");
        Callable<Answer> racer = () -> ada.post("/api/chat/stream",
                "{\"message\":\"Hi\",\"conversation_id\":" + conversation + ",\"stream\":false}");

        var pool = Executors.newFixedThreadPool(8);
        try {
            var racing = Stream.generate(() -> racer).limit(8).map(pool::submit).toList();
            gate.awaitArrival();
            while (racing.stream().filter(Future::isDone).count() < 7) {
                Thread.onSpinWait();
            }
            gate.open();
            int won = 0;
            for (var result : racing) {
                won += result.get().status() == 200 ? 1 : 0;
                assertThat(result.get().status()).isIn(200, 409);
            }
            assertThat(won).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(ada.messages(conversation)).hasSize(2);
    }
}
