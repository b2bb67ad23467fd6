package ollamaweb.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import ollamaweb.usage.AnswerUsage;
import org.junit.jupiter.api.Test;

class AnswerMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AnswerMetrics answers = new AnswerMetrics(registry);

    @Test
    void however_many_models_there_are_a_hundred_have_names_and_the_rest_is_one() {
        for (int i = 0; i < 150; i++) {
            answers.ended(answerOf("model" + i));
        }
        answers.ended(answerOf("model0"));

        assertThat(registry.find("ollama.web.answers").counters()).hasSize(101);
        assertThat(registry.get("ollama.web.answers").tag("model", "other").counter().count()).isEqualTo(50);
        assertThat(registry.get("ollama.web.answers").tag("model", "model0").counter().count()).isEqualTo(2);
    }

    @Test
    void what_is_not_known_is_not_counted() {
        answers.ended(new AnswerUsage(1, null, 1, "silent", Instant.EPOCH, null, null, null, null, "error"));

        assertThat(registry.get("ollama.web.answer.first.token").timer().count()).isZero();
        assertThat(registry.get("ollama.web.tokens").tag("kind", "answer").counter().count()).isZero();
    }

    private static AnswerUsage answerOf(String model) {
        return new AnswerUsage(1, null, 1, model, Instant.EPOCH, 3, 4, 5L, 6L, "complete");
    }
}
