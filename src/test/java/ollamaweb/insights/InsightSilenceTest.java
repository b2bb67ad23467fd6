package ollamaweb.insights;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.silence;
import static org.assertj.core.api.Assertions.assertThat;

import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InsightSilenceTest {

    @RegisterExtension
    final TestApp app = new TestApp().with("OLLAMA_STREAM_IDLE_TIMEOUT", "1");

    @Test
    void a_model_that_falls_silent_is_hung_up_on_and_asked_again_later() {
        OwnThings.of(app, app.as("ada")).goal("Learn to swim");
        app.ollama().model("tiny", say("Swi").then(silence()));

        app.as("ada").post("/api/v1/insights/", "{\"kind\":\"daily_summary\",\"model_name\":\"tiny\"}");

        app.ollama().awaitClientsGone(1);
        var waiting = app.as("ada").post("/api/v1/insights/?wait=60", "{\"kind\":\"daily_summary\",\"model_name\":\"missing\"}");
        assertThat(waiting).isOk();
        var insight = app.as("ada").get("/api/v1/insights/1").json().path("data");
        assertThat(insight.path("status").asText()).isEqualTo("pending");
        assertThat(insight.path("error").asText()).isEqualTo("Ollama has been silent for too long");
    }
}
