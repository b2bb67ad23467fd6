package ollamaweb.export.account;

import static ollamaweb.testing.Script.errorLine;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.Rows;
import ollamaweb.testing.Script;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported can be imported again, and is the same. */
class RoundTripTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_library_comes_into_another_account_as_it_was_and_a_second_time_nothing_changes(long seed) throws Exception {
        var ada = app.as("ada-" + seed);
        var bob = app.as("bob-" + seed);
        RandomLibrary.fill(app, ada, seed);
        var exported = Archive.of(ada);

        var report = imported(bob, exported);

        assertThat(report.path("failed").asInt()).as(report.path("report").toString()).isZero();
        assertThat(report.path("source").asText()).isEqualTo("ollama-web");
        var again = Archive.of(bob);
        assertThat(SameButForIds.of(again)).isEqualTo(SameButForIds.of(exported));
        assertThat(shown(bob)).isEqualTo(shown(ada));
        assertThat(markdown(again)).isEqualTo(markdown(exported));
        assertThat(again.names().stream().filter(name -> name.startsWith("files/")))
                .containsExactlyInAnyOrderElementsOf(exported.names().stream().filter(name -> name.startsWith("files/")).toList());

        var second = imported(bob, exported);

        assertThat(second.path("unchanged").asInt()).as(second.path("report").toString()).isEqualTo(second.path("done").asInt());
        assertThat(SameButForIds.of(Archive.of(bob))).isEqualTo(SameButForIds.of(exported));
    }

    @Test
    void what_never_left_is_not_doubled() throws Exception {
        var ada = app.as("ada");
        RandomLibrary.fill(app, ada, 4);
        var exported = Archive.of(ada);

        var report = imported(ada, exported);

        assertThat(report.path("unchanged").asInt()).as(report.path("report").toString()).isEqualTo(report.path("done").asInt());
        assertThat(SameButForIds.of(Archive.of(ada))).isEqualTo(SameButForIds.of(exported));
    }

    @Test
    void what_was_deleted_since_comes_back_where_it_was_and_what_was_made_since_stays() throws Exception {
        app.ollama().abilities("echo", "completion");
        var ada = app.as("carol");
        long id = ada.post("/api/chat/stream", "{\"message\":\"One\",\"model_name\":\"echo\",\"stream\":false}").json()
                .path("conversation_id").asLong();
        long second = ada.post("/api/chat/stream", "{\"message\":\"Two\",\"model_name\":\"echo\",\"stream\":false,\"conversation_id\":" + id
                + "}").json().path("message_id").asLong();
        long other = ada.post("/api/export/conversations/import",
                "{\"title\":\"Other\",\"model_name\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}").json()
                .path("conversation_id").asLong();
        long task = ada.post("/api/v1/tasks", "{\"title\":\"Feed\"}").json().at("/data/id").asLong();
        var exported = Archive.of(ada);
        ada.delete("/api/messages/" + second);
        ada.delete("/api/conversations/" + other);
        ada.delete("/api/v1/tasks/" + task);
        ada.post("/api/chat/stream", "{\"message\":\"Three\",\"model_name\":\"echo\",\"stream\":false,\"conversation_id\":" + id + "}");

        var report = imported(ada, exported);

        assertThat(report.path("report").findValuesAsText("result")).containsExactly("updated", "imported", "imported", "unchanged");
        assertThat(ada.get("/api/conversations/" + id + "?all=true").json().path("messages").findValuesAsText("content"))
                .containsExactlyInAnyOrder("One", "One", "Two", "Two", "Three", "Three");
        assertThat(ada.messages(id).findValuesAsText("content")).contains("Three");
        assertThat(ada.get("/api/v1/tasks").json().at("/data/items").findValuesAsText("title")).containsExactly("Feed");
        assertThat(imported(ada, exported).path("unchanged").asInt()).isEqualTo(4);
    }

    @Test
    void what_has_the_same_id_and_was_made_at_another_time_is_another_thing() throws Exception {
        var ada = app.as("heidi");
        long goal = ada.post("/api/v1/goals", "{\"title\":\"Bake\"}").json().at("/data/id").asLong();
        long parent = ada.post("/api/v1/tasks", "{\"title\":\"Loaf\",\"goal_id\":" + goal + "}").json().at("/data/id").asLong();
        long child = ada.post("/api/v1/tasks", "{\"title\":\"Feed\"}").json().at("/data/id").asLong();
        ada.put("/api/v1/tasks/" + parent, "{\"title\":\"Loaf\",\"goal_id\":" + goal + ",\"parent_id\":" + child + "}");
        var exported = Archive.of(ada);
        for (var table : List.of("goals", "tasks")) { // as if an older backup had been restored, and work had gone on
            Rows.change(app.database(), "UPDATE " + table + " SET title = 'Other', created_at = '2020-01-01T00:00:00.000Z' WHERE id IN ("
                    + goal + "," + parent + "," + child + ") AND title IN ('Bake', 'Loaf', 'Feed')");
        }

        var report = imported(ada, exported);

        assertThat(report.path("report").findValuesAsText("result")).containsExactly("imported", "imported", "imported", "unchanged");
        var again = Archive.of(ada);
        var goals = again.json("goals.json");
        var tasks = again.json("tasks.json");
        assertThat(goals.findValuesAsText("title")).containsExactly("Other", "Bake");
        assertThat(tasks.findValuesAsText("title")).containsExactly("Other", "Other", "Loaf", "Feed");
        assertThat(tasks.at("/2/goal_id")).isEqualTo(goals.at("/1/id"));
        assertThat(tasks.at("/2/parent_id")).isEqualTo(tasks.at("/3/id"));
        assertThat(imported(ada, exported).path("unchanged").asInt()).isEqualTo(4);
    }

    @Test
    void what_a_model_is_told_changes_with_its_source_until_somebody_here_says_otherwise() throws Exception {
        var ada = app.as("ivan");
        long id = ada.post("/api/conversations", "{\"model_name\":\"tiny\",\"title\":\"Tea\"}").id();
        var bob = app.as("judy");
        imported(bob, Archive.of(ada));
        app.clock().advance(Duration.ofMinutes(1));
        ada.put("/api/conversations/" + id, "{\"system_prompt\":\"Be brief.\"}");

        assertThat(imported(bob, Archive.of(ada)).at("/report/0/result").asText()).isEqualTo("updated");

        long copy = bob.get("/api/conversations").json().at("/conversations/0/id").asLong();
        assertThat(bob.get("/api/conversations/" + copy).json().path("system_prompt").asText()).isEqualTo("Be brief.");
        bob.put("/api/conversations/" + copy, "{\"system_prompt\":\"Be kind.\"}");
        app.clock().advance(Duration.ofMinutes(1));
        ada.put("/api/conversations/" + id, "{\"system_prompt\":\"Be long.\"}");
        imported(bob, Archive.of(ada));
        assertThat(bob.get("/api/conversations/" + copy).json().path("system_prompt").asText()).isEqualTo("Be kind.");
    }

    @Test
    void an_answer_that_was_broken_off_is_so_again_and_can_be_continued() throws Exception {
        app.ollama().model("frail", say("Half an").then(errorLine("out of memory")));
        var ada = app.as("dave");
        assertThat(ada.chat("{\"message\":\"Why?\",\"model_name\":\"frail\"}")).extracting(Event::name).endsWith("error");
        var bob = app.as("erin");

        imported(bob, Archive.of(ada));

        long id = bob.get("/api/conversations").json().at("/conversations/0/id").asLong();
        var answer = bob.messages(id).get(1);
        assertThat(answer.path("status").asText() + ": " + answer.path("content").asText()).isEqualTo("error: Half an");
        assertThat(bob.follow(answer.path("id").asLong()).rest().toString()).contains("out of memory");
        app.ollama().model("frail", say(" answer"));
        bob.chat("{\"continue\":true,\"conversation_id\":" + id + "}");
        assertThat(bob.messages(id).get(1).path("status").asText()).isEqualTo("complete");
    }

    @Test
    void the_longest_answer_that_a_model_may_give_comes_in_again() throws Exception {
        var text = "Bread €\n".repeat(200_000);
        app.ollama().model("long", say(text));
        var ada = app.as("frank");
        ada.chat("{\"message\":\"Go on\",\"model_name\":\"long\"}");
        var bob = app.as("grace");

        var report = imported(bob, Archive.of(ada));

        assertThat(report.path("failed").asInt()).as(report.toString()).isZero();
        long id = bob.get("/api/conversations").json().at("/conversations/0/id").asLong();
        assertThat(bob.messages(id).get(1).path("content").asText().equals(text)).isTrue();
    }

    @Test
    void calls_of_tools_come_in_again_however_many_a_model_has_made() throws Exception {
        app.ollama().model("busy", say("Well").then(Collections.nCopies(2000, toolCall("f", "{\"a\":1}")).toArray(Script[]::new)));
        var ada = app.as("mallory");
        ada.chat("{\"message\":\"Go on\",\"model_name\":\"busy\"}");
        var bob = app.as("niaj");
        var exported = Archive.of(ada);

        var report = imported(bob, exported);

        assertThat(report.at("/report/0/detail").isNull()).as(report.toString()).isTrue();
        assertThat(SameButForIds.of(Archive.of(bob))).isEqualTo(SameButForIds.of(exported));
        assertThat(bob.post("/api/export/conversations/import", ada.get("/api/export/conversations/"
                + exported.conversations().get(0).path("id") + "/json").body()).status()).isEqualTo(200);
    }

    /** @return the conversations as their owner sees them, without ids */
    private static List<String> shown(Client client) {
        return Stream.of("false", "true")
                .flatMap(archived -> elements(client.get("/api/conversations?limit=100&archived=" + archived).json().path("conversations")))
                .map(listed -> client.get("/api/conversations/" + listed.path("id") + "?all=true").json())
                .map(conversation -> conversation.path("title") + " " + conversation.path("system_prompt") + " " + conversation.path("tags")
                        + conversation.path("pinned") + elements(conversation.path("messages")).map(RoundTripTest::withoutIds).toList())
                .sorted().toList();
    }

    private static String withoutIds(JsonNode message) {
        ((ObjectNode) message).put("versions", message.path("versions").size()).remove(
                List.of("id", "conversation_id", "parent_id", "author_id"));
        message.path("files").forEach(file -> ((ObjectNode) file).remove("id"));
        return message.toString();
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** @return the report, once the zip is imported */
    private static JsonNode imported(Client client, Archive archive) {
        var begun = client.upload("/api/import", archive.fileName(), archive.zip());
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        var path = "/api/import/" + begun.id() + "?limit=100";
        Await.await(() -> client.get(path).json().path("status").asText().matches("done|failed"), () -> client.get(path).body());
        var report = client.get(path).json();
        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("done");
        return report;
    }

    /** @return the texts without what their names and lines tell of ids */
    private static String markdown(Archive archive) {
        return archive.names().stream().filter(name -> name.endsWith(".md")).map(archive::text)
                .reduce("", (all, page) -> all + page.toLowerCase(Locale.ROOT));
    }
}
