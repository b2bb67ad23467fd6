package ollamaweb.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ollamaweb.json.Json;
import ollamaweb.testing.Await;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The dashboard and the alert rules in {@code deploy/} ask for what there is. */
class DeployedMetricsTest {

    private static final Path DASHBOARD = Path.of("deploy/grafana-dashboard.json");
    private static final Path ALERTS = Path.of("deploy/prometheus-alerts.yml");
    private static final Pattern NAME = Pattern.compile("\\b(?:ollama_web|http_server|jvm|process|system)_[a-z_]+");

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void every_metric_of_the_dashboard_exists() throws IOException {
        assertThat(existing()).containsAll(names(DASHBOARD)).isNotEmpty();
    }

    @Test
    void every_metric_of_the_alert_rules_exists() throws IOException {
        assertThat(existing()).containsAll(names(ALERTS)).isNotEmpty();
    }

    @Test
    void the_dashboard_is_json_and_each_panel_asks_for_something() throws IOException {
        var panels = Json.MAPPER.readTree(Files.readString(DASHBOARD)).get("panels");

        assertThat(panels).hasSizeGreaterThan(8).allSatisfy(panel -> {
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.get("targets")).isNotEmpty().allSatisfy(target -> assertThat(names(target.get("expr").asText())).isNotEmpty());
        });
    }

    @Test
    void there_are_five_alert_rules_and_each_says_what_to_do() throws IOException {
        var rules = Files.readString(ALERTS);

        assertThat(rules.split("- alert: ", -1)).hasSize(6);
        assertThat(rules.split("description: ", -1)).hasSize(6);
    }

    /** After an answer, a stream and a collection of garbage, so that each metric has been counted once. */
    private static Set<String> existing() {
        var ada = app.as("ada");
        ada.chat("{\"conversation_id\":%d,\"message\":\"Hello\"}".formatted(ada.startsConversation("llama3.2:1b")));
        System.gc();
        for (var counted : List.of("ollama_web_answers_total", "http_server_streams_seconds_count", "jvm_gc_pause_seconds_sum")) {
            Await.await(() -> metrics().contains(counted), () -> "no " + counted);
        }
        return metrics().lines().filter(line -> !line.startsWith("#")).map(line -> line.split("[{ ]")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String metrics() {
        return app.anonymous().get("/metrics").body();
    }

    private static Set<String> names(Path file) throws IOException {
        return names(Files.readString(file));
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
