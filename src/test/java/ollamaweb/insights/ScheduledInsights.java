package ollamaweb.insights;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.TaskClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody in Berlin, and a model that cites all that it is given. The test's clock begins on a Monday, at 10:00 UTC. */
abstract class ScheduledInsights {

    static final String INSIGHTS = "/api/v1/insights?page_size=100";
    private static final Pattern MARKS = Pattern.compile("\\[(task|goal|message) \\d+]");

    @RegisterExtension
    final TestApp app = new TestApp();

    Client ada;
    OwnThings adas;

    @BeforeEach
    void ada_lives_in_berlin() {
        app.ollama().model("tiny", ScheduledInsights::citesAll);
        ada = app.as("ada");
        adas = OwnThings.of(app, ada);
        assertThat(ada.patch("/api/v1/users/me", "{\"timezone\":\"Europe/Berlin\"}")).isOk();
        settings("{\"default_model\":\"tiny\"}");
    }

    void settings(String json) {
        assertThat(ada.post("/api/config/save", "{\"settings\":" + json + "}")).isOk();
    }

    List<JsonNode> insights() {
        var all = new ArrayList<JsonNode>();
        data(ada.get(INSIGHTS)).path("items").forEach(all::add);
        return all;
    }

    /** @return all insights, newest first, once there are so many and all are ready */
    List<JsonNode> await(int count) {
        until(() -> insights().size() == count && insights().get(0).path("status").asText().equals("ready"));
        return insights();
    }

    void until(BooleanSupplier condition) {
        Await.await(condition, () -> insights().toString());
    }

    private static Script citesAll(JsonNode request) {
        return say(cites(request));
    }

    /** @return a line for each item that the model was given, with its mark */
    static String cites(JsonNode request) {
        var lines = new StringBuilder();
        request.path("messages").get(1).path("content").asText().lines().filter(line -> line.startsWith("| [")).forEach(line -> {
            var mark = MARKS.matcher(line).results().map(MatchResult::group).findFirst().orElseThrow();
            lines.append("- Said: ").append(line.substring(line.indexOf("): ") < 0 ? 2 : line.indexOf("): ") + 3)).append(' ').append(mark)
                    .append('\n');
        });
        return lines.toString();
    }
}
