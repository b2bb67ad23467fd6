package ollamaweb.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import ollamaweb.imports.sources.ImportFile;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is in the zip of an account beside conversations, also where somebody has written it by hand. */
class AccountImportTest {

    private static final String MANIFEST = "{\"format\":\"ollama-web\",\"format_version\":1,\"origin\":\"elsewhere\"}";

    @RegisterExtension
    static final TestApp app = new TestApp();

    private Client ada;

    @BeforeEach
    void somebodyNew() {
        ada = app.as("ada-" + UUID.randomUUID());
    }

    @Test
    void what_cannot_be_is_named_and_keeps_nothing_back() throws Exception {
        var report = imported("", "goals.json", "[{\"id\":1,\"title\":\"Bake\"},{\"id\":2},{\"id\":3,\"title\":\"x\",\"progress\":7},7]",
                "tasks.json", "[{\"id\":1,\"title\":\"Good\"},{\"id\":2,\"title\":\"" + "x".repeat(300) + "\"},"
                        + "{\"id\":3,\"title\":\"Rule\",\"recurrence\":\"FREQ=SECONDLY\"},{\"id\":4,\"title\":\"Tags\",\"tags\":[\"\"]}]",
                "insights.json", "no list", "settings.json",
                "{\"settings\":{\"theme\":\"dark\",\"context\":\"wrong\"},\"timezone\":\"Nowhere/Else\"}");

        var lines = report.path("report");
        assertThat(lines.findValuesAsText("title")).contains("Goal: Bake", "Task: Good", "Task: Rule", "insights.json", "Settings");
        assertThat(line(lines, "Goal: Bake").path("result").asText()).isEqualTo("imported");
        assertThat(line(lines, "Goal: x").path("detail").asText()).contains("progress");
        assertThat(line(lines, "Task: Rule").path("detail").asText()).contains("recurrence");
        assertThat(line(lines, "Task: Tags").path("result").asText()).isEqualTo("failed");
        assertThat(line(lines, "insights.json").path("result").asText()).isEqualTo("failed");
        assertThat(line(lines, "Settings").path("detail").asText()).contains("Set: theme.", "context");
        assertThat(report.path("failed").asInt()).isEqualTo(7);
        assertThat(titles("/api/v1/tasks")).containsExactly("Good");
        assertThat(titles("/api/v1/goals")).containsExactly("Bake");
    }

    @Test
    void what_is_nothing_at_all_is_named_too() throws Exception {
        var report =
                imported("", "tasks.json", "[null,{\"id\":1,\"title\":\"Good\"}]", "insights.json", "[null,[]]", "settings.json", "[1]");

        assertThat(report.path("report").findValuesAsText("result")).containsExactly("failed", "imported", "failed", "failed", "failed");
    }

    @Test
    void tasks_that_hang_on_each_other_in_a_circle_hang_on_none_where_it_closes() throws Exception {
        imported("", "tasks.json",
                "[{\"id\":1,\"title\":\"One\",\"parent_id\":2,\"previous_id\":3},{\"id\":2,\"title\":\"Two\",\"parent_id\":3},"
                        + "{\"id\":3,\"title\":\"Three\",\"parent_id\":1,\"goal_id\":99}]");

        var items = ada.get("/api/v1/tasks").json().at("/data/items");
        assertThat(items).hasSize(3);
        assertThat(items.findValues("parent_id")).anyMatch(JsonNode::isNull);
        assertThat(items.findValues("goal_id")).allMatch(JsonNode::isNull);
    }

    @Test
    void a_task_that_has_changed_is_changed_and_one_that_was_deleted_here_comes_anew() throws Exception {
        imported("", "tasks.json", "[{\"id\":1,\"title\":\"Old\"},{\"id\":2,\"title\":\"Gone\"}]");
        long gone = item("Gone").path("id").asLong();
        ada.delete("/api/v1/tasks/" + gone);

        var report = imported("", "tasks.json",
                "[{\"id\":1,\"title\":\"New\",\"reminders\":[{\"remind_at\":\"2001-02-03T04:05:06Z\"}]},{\"id\":2,\"title\":\"Gone\"}]");

        assertThat(report.path("report").findValuesAsText("result")).containsExactly("updated", "imported");
        assertThat(titles("/api/v1/tasks")).containsExactlyInAnyOrder("New", "Gone");
        var reminders = ada.get("/api/v1/tasks/" + item("New").path("id").asLong() + "/reminders").json().at("/data/items");
        assertThat(reminders.at("/0/sent_at").isNull()).as("one whose time has passed reminds nobody").isFalse();
    }

    @Test
    void what_an_insight_cites_and_nobody_has_becomes_a_question_mark() throws Exception {
        imported("", "tasks.json", "[{\"id\":500001,\"title\":\"Feed\"}]", "insights.json",
                "[{\"id\":1,\"kind\":\"daily_summary\",\"status\":\"ready\",\"model_name\":\"tiny\",\"goal_id\":9,"
                        + "\"content\":\"Fed [task 500001, 77] [message 8] $1\",\"sources\":[{\"type\":\"task\",\"id\":77}],"
                        + "\"created_at\":\"2025-01-01T00:00:00Z\"}]");

        var insight = ada.get("/api/v1/insights").json().at("/data/items/0");
        assertThat(insight.path("content").asText()).isEqualTo("Fed [task " + item("Feed").path("id").asLong() + ", ?] [message ?] $1");
        assertThat(insight.path("sources")).isEmpty();
        assertThat(insight.path("goal_id").isNull()).isTrue();
    }

    @Test
    void a_dry_run_tells_what_would_be_and_writes_nothing() throws Exception {
        var report = imported("?dry_run=true", "goals.json", "[{\"id\":1,\"title\":\"Bake\"}]", "settings.json",
                "{\"settings\":{\"theme\":\"dark\"},\"timezone\":\"Europe/Berlin\"}");

        assertThat(report.path("imported").asInt()).isEqualTo(2);
        assertThat(titles("/api/v1/goals")).isEmpty();
        assertThat(ada.get("/api/config/get").json().path("settings")).isEmpty();
    }

    @Test
    void settings_that_somebody_has_chosen_here_stay() throws Exception {
        ada.post("/api/config/save", "{\"settings\":{\"theme\":\"light\"}}");

        imported("", "settings.json", "{\"settings\":{\"theme\":\"dark\",\"width\":5}}");

        assertThat(ada.get("/api/config/get").json().path("settings").toString()).isEqualTo("{\"theme\":\"light\",\"width\":5}");
    }

    private JsonNode imported(String query, String... members) throws Exception {
        var all = new Object[members.length + 2];
        System.arraycopy(members, 0, all, 2, members.length);
        all[0] = "manifest.json";
        all[1] = MANIFEST;
        try (var zip = ImportFile.zip(all)) {
            var path = "/api/import/" + ada.upload("/api/import" + query, "x.zip", Files.readAllBytes(zip.path())).id() + "?limit=100";
            Await.await(() -> ada.get(path).json().path("status").asText().matches("done|failed"), () -> ada.get(path).body());
            var report = ada.get(path).json();
            assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("done");
            return report;
        }
    }

    private List<String> titles(String path) {
        return ada.get(path).json().at("/data/items").findValuesAsText("title");
    }

    private JsonNode item(String title) {
        return line(ada.get("/api/v1/tasks").json().at("/data/items"), title);
    }

    private static JsonNode line(JsonNode lines, String title) {
        for (var line : lines) {
            if (line.path("title").asText().equals(title)) {
                return line;
            }
        }
        throw new AssertionError(title + " is not in " + lines);
    }
}
