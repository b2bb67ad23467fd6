package ollamaweb.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import ollamaweb.usage.AnswerUsage;

/** Answers by model and ending, their tokens and times. The first hundred models have names of their own here, all later ones are one. */
final class AnswerMetrics {

    private static final int MOST_MODELS = 100;
    private static final String OTHER = "other";
    private static final Duration[] BUCKETS = {Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
            Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30),
            Duration.ofMinutes(1)};

    private final Map<String, Model> models = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    AnswerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What is measured of the answers of one model. */
    private record Model(String name, Timer firstToken, Timer duration, Counter promptTokens, Counter answerTokens) {}

    void ended(AnswerUsage answer) {
        var model = model(answer.modelName());
        Counter.builder("ollama.web.answers").description("Answers of models that have ended")
                .tag("model", model.name()).tag("ending", answer.ending())
                .register(registry).increment();
        if (answer.firstTokenMs() != null) {
            model.firstToken().record(answer.firstTokenMs(), TimeUnit.MILLISECONDS);
        }
        if (answer.durationMs() != null) {
            model.duration().record(answer.durationMs(), TimeUnit.MILLISECONDS);
        }
        add(model.promptTokens(), answer.promptTokens());
        add(model.answerTokens(), answer.answerTokens());
    }

    private static void add(Counter counter, Integer tokens) {
        if (tokens != null) {
            counter.increment(tokens);
        }
    }

    /** Locked: an answer ends seldom enough, and there are never more models than that. */
    private synchronized Model model(String name) {
        return models.computeIfAbsent(models.size() < MOST_MODELS || models.containsKey(name) ? name : OTHER, this::measured);
    }

    private Model measured(String name) {
        return new Model(name,
                Timer.builder("ollama.web.answer.first.token").description("How long the first piece of an answer took to come")
                        .tag("model", name).serviceLevelObjectives(BUCKETS).register(registry),
                Timer.builder("ollama.web.answer.duration").description("How long an answer took to be made")
                        .tag("model", name).register(registry),
                tokens(name, "prompt"), tokens(name, "answer"));
    }

    private Counter tokens(String model, String kind) {
        return Counter.builder("ollama.web.tokens").description("Tokens that models have read and written")
                .tag("model", model).tag("kind", kind).register(registry);
    }
}
