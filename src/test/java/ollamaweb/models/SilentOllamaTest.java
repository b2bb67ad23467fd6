package ollamaweb.models;

import static ollamaweb.testing.Answer.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import ollamaweb.testing.Concurrently;
import ollamaweb.testing.Answer;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An Ollama that accepts connections and says nothing: known after 10 s, by all who ask at once. */
@Tag("strain")
class SilentOllamaTest {

    private static final String AWAY = "Ollama service is not running or unreachable";
    private static final int CALLERS = 6;

    @RegisterExtension
    final TestApp app = new TestApp();

    @BeforeEach
    void silence() {
        app.as("ada");
        app.ollama().saysNothing();
    }

    @Test
    void all_who_ask_for_the_list_share_one_try_that_ends_after_ten_seconds() {
        var started = System.nanoTime();

        var answers = atOnce("/api/models/list");

        var took = Duration.ofNanos(System.nanoTime() - started);
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isError(503, AWAY));
        assertThat(app.ollama().calls("/api/tags")).isEqualTo(1);
        assertThat(took).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
    }

    @Test
    void a_model_is_asked_for_once() {
        var started = System.nanoTime();

        assertThat(app.as("ada").get("/api/models/tiny/info")).isError(503, AWAY);

        assertThat(app.ollama().calls("/api/show")).isEqualTo(1);
        assertThat(app.ollama().calls("/api/tags")).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void who_clears_the_cache_meanwhile_does_not_wait_and_the_next_list_is_asked_for_anew() {
        var waiting = Concurrently.supply(() -> app.as("ada").get("/api/models/list"));
        app.ollama().awaitCalls("/api/tags", 1);

        assertThat(app.as("ada").post("/api/models/cache/clear", "")).isOk();
        app.ollama().refuseNothing();

        assertThat(app.as("ada").get("/api/models/list")).isOk();
        assertThat(waiting.join()).hasStatus(503);
    }

    private List<Answer> atOnce(String path) {
        var threads = Executors.newFixedThreadPool(CALLERS);
        try {
            return IntStream.range(0, CALLERS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> app.as("ada").get(path), threads))
                    .toList().stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}
