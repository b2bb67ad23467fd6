package ollamaweb.export.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
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
