package ollamaweb.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ollamaweb.testing.Await;
import ollamaweb.testing.Client;
import ollamaweb.testing.Pictures;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A file of another program becomes conversations, each once. */
class ImportApiTest {

    @RegisterExtension
    static final TestApp app = new TestApp();

    @Test
    void conversations_come_in_with_their_texts_models_and_images() {
        var ada = app.as("ada");
        var image = Base64.getEncoder().encodeToString(Pictures.png("bread"));
        long id = begin(ada, "[" + session("s1", "Bread", "\"images\":[{\"data\":\"" + image + "\",\"filename\":\"bread.png\"}],",
                "{\"role\":\"assistant\",\"content\":\"Flour\",\"reasoning\":\"Let me see\"}") + "]");

        var ended = awaitEnd(ada, id);

        assertThat(ended.path("status").asText()).isEqualTo("done");
        assertThat(ended.path("source").asText()).isEqualTo("hollama");
        assertThat(ended.path("done").asInt()).isEqualTo(1);
        assertThat(ended.path("total").asInt()).isEqualTo(1);
        assertThat(ended.path("report").path(0).path("result").asText()).isEqualTo("imported");
        assertThat(ended.path("report").path(0).path("messages").asInt()).isEqualTo(2);
        assertThat(ended.path("report").path(0).path("detail").isNull()).isTrue();
        var conversation = ada.get("/api/conversations/" + conversation(ended)).json();
        assertThat(conversation.path("title").asText()).isEqualTo("Bread");
        assertThat(conversation.path("model_name").asText()).isEqualTo("tiny");
        assertThat(conversation.path("messages").findValuesAsText("content")).containsExactly("How?", "Flour");
        assertThat(conversation.path("messages").path(1).path("thinking").asText()).isEqualTo("Let me see");
        assertThat(conversation.path("messages").path(0).path("files").path(0).path("name").asText()).isEqualTo("bread.png");
    }

    @Test
    void what_comes_a_second_time_is_not_doubled() {
        var ada = app.as("ada");
        var file = "[" + session("twice", "Twice", "", answer("One")) + "]";
        long first = conversation(awaitEnd(ada, begin(ada, file)));

        var again = awaitEnd(ada, begin(ada, file));

        assertThat(again.path("report").path(0).path("result").asText()).isEqualTo("unchanged");
        assertThat(again.path("unchanged").asInt()).isEqualTo(1);
        assertThat(conversation(again)).isEqualTo(first);
        assertThat(titles(ada, "Twice")).isEqualTo(1);
    }

    @Test
    void a_conversation_that_has_changed_is_updated_and_what_was_said_here_stays() {
        var ada = app.as("ada");
        app.ollama().model("tiny", say("Here"));
        long id = conversation(awaitEnd(ada, begin(ada, "[" + session("grows", "Grows", "", answer("One")) + "]")));
        var here = ada.post("/api/chat/stream",
                "{\"conversation_id\":" + id + ",\"message\":\"And here?\",\"stream\":false,\"model_name\":\"tiny\"}");
        assertThat(here).isOk();

        var changed = awaitEnd(ada, begin(ada, "[" + session("grows", "Grown", "", answer("One!"),
                "{\"role\":\"user\",\"content\":\"Two?\"}", answer("Two")) + "]"));

        assertThat(changed.path("report").path(0).path("result").asText()).isEqualTo("updated");
        assertThat(changed.path("report").path(0).path("messages").asInt()).isEqualTo(3);
        var path = ada.get("/api/conversations/" + id).json();
        assertThat(path.path("title").asText()).isEqualTo("Grown");
        assertThat(path.path("messages").findValuesAsText("content")).containsExactly("How?", "One!", "And here?", "Here");
        var tree = ada.get("/api/conversations/" + id + "?all=true").json();
        assertThat(tree.path("messages").findValuesAsText("content")).containsExactlyInAnyOrder("How?", "One!", "And here?", "Here", "Two?",
                "Two");
    }

    @Test
    void what_was_deleted_here_stays_deleted_and_a_conversation_that_was_deleted_comes_anew() {
        var ada = app.as("ada");
        long id = conversation(awaitEnd(ada, begin(ada, "[" + session("gone", "Gone", "", answer("One")) + "]")));
        var messages = ada.get("/api/conversations/" + id).json().path("messages");
        assertThat(ada.delete("/api/messages/" + messages.path(1).path("id").asLong())).isOk();

        awaitEnd(ada, begin(ada, "[" + session("gone", "Gone", "", answer("One"), "{\"role\":\"user\",\"content\":\"Two?\"}") + "]"));
        assertThat(ada.get("/api/conversations/" + id).json().path("messages").findValuesAsText("content")).containsExactly("How?");

        assertThat(ada.delete("/api/conversations/" + id)).isOk();
        var anew = awaitEnd(ada, begin(ada, "[" + session("gone", "Gone", "", answer("One")) + "]"));
        assertThat(anew.path("report").path(0).path("result").asText()).isEqualTo("imported");
        assertThat(conversation(anew)).isNotEqualTo(id);
    }

    @Test
    void a_conversation_of_our_own_may_have_no_messages_yet() {
        var ada = app.as("ada");

        var ended = awaitEnd(ada, begin(ada, "{\"title\":\"Blank\",\"model_name\":\"tiny\",\"messages\":[],\"export_version\":\"1.0\"}"));

        assertThat(ended.path("report").path(0).path("result").asText()).isEqualTo("imported");
        assertThat(ada.get("/api/conversations/" + conversation(ended)).json().path("messages")).isEmpty();
    }

    @Test
    void what_is_in_the_trash_comes_back_from_there_and_is_not_doubled() {
        var ada = app.as("thrown");
        var file = "[" + session("thrown", "Thrown", "", answer("One")) + "]";
        long id = conversation(awaitEnd(ada, begin(ada, file)));
        assertThat(ada.post("/api/conversations/" + id + "/trash", "")).isOk();

        var more = "[" + session("thrown", "Thrown", "", answer("One"), "{\"role\":\"user\",\"content\":\"Two?\"}") + "]";
        var ended = awaitEnd(ada, begin(ada, more));

        assertThat(conversation(ended)).isEqualTo(id);
        assertThat(ended.at("/report/0/result").asText()).isEqualTo("updated");
        assertThat(ended.at("/report/0/detail").asText()).endsWith("It was in the trash, and is back.");
        assertThat(ada.get("/api/conversations/" + id).json().path("messages").findValuesAsText("content"))
                .containsExactly("How?", "One", "Two?");
        assertThat(ada.get("/api/trash").json().path("conversations")).isEmpty();
        assertThat(ada.get("/api/conversations").json().path("total").asInt()).isEqualTo(1);

        ada.post("/api/conversations/" + id + "/trash", "");
        assertThat(awaitEnd(ada, begin(ada, more)).at("/report/0/result").asText()).isEqualTo("updated");
        assertThat(awaitEnd(ada, begin(ada, more)).at("/report/0/result").asText()).isEqualTo("unchanged");
    }

    @Test
    void tags_that_are_too_many_are_left_out_with_a_word() {
        var ada = app.as("tagged");
        var tags = IntStream.range(0, 23).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));

        var item = awaitEnd(ada, begin(ada, "[{\"id\":\"a\",\"title\":\"A\",\"meta\":{\"tags\":[" + tags + "]},\"chat\":{\"title\":\"A\","
                + "\"messages\":[{\"id\":\"1\",\"role\":\"user\",\"content\":\"Hi\"}]}}]")).at("/report/0");

        assertThat(item.path("result").asText()).isEqualTo("imported");
        assertThat(item.path("detail").asText()).isEqualTo("A conversation can have 20 tags; 3 more were left out.");
        assertThat(ada.get("/api/conversations/" + item.path("conversation_id").asLong()).json().path("tags")).hasSize(20);
    }

    @Test
    void a_dry_run_tells_what_would_be_and_writes_nothing() {
        var ada = app.as("dry");
        var file = "[" + session("dry", "Dry", "", answer("One")) + "]";

        var told = awaitEnd(ada, ada.upload("/api/import?dry_run=true", "x.json", file.getBytes(UTF_8)).json().path("id").asLong());

        assertThat(told.path("dry_run").asBoolean()).isTrue();
        assertThat(told.path("report").path(0).path("result").asText()).isEqualTo("imported");
        assertThat(told.path("report").path(0).path("conversation_id").isNull()).isTrue();
        assertThat(ada.get("/api/conversations").json().path("total").asInt()).isZero();
    }

    @Test
    void one_bad_conversation_is_named_and_keeps_none_of_the_others_back() {
        var ada = app.as("ada");

        var ended = awaitEnd(ada,
                begin(ada, "[" + session("good1", "Good", "", answer("One")) + ",{\"id\":\"bad\",\"title\":\"Bad\",\"model\":\"x\"},"
                        + session("big", "Big", "", answer("x".repeat(1_100_000))) + "," + session("good2", "Better", "", answer("Two"))
                        + "]"));

        assertThat(ended.path("report").findValuesAsText("result")).containsExactly("imported", "failed", "failed", "imported");
        assertThat(ended.path("report").path(1).path("title").asText()).isEqualTo("Bad");
        assertThat(ended.path("report").path(1).path("detail").asText()).isNotEmpty();
        assertThat(ended.path("report").path(2).path("detail").asText()).isEqualTo("A message is longer than 1 MiB.");
    }

    @Test
    void a_report_comes_in_pages() {
        var ada = app.as("ada");
        var sessions = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            sessions.append(i == 0 ? "" : ",").append(session("page " + i, "Page " + i, "", answer("One")));
        }
        long id = begin(ada, "[" + sessions + "]");
        awaitEnd(ada, id);

        var second = ada.get("/api/import/" + id + "?page=2&page_size=10").json();

        assertThat(second.path("report").findValuesAsText("title")).startsWith("Page 10").hasSize(10);
        assertThat(second.path("total_pages").asInt()).isEqualTo(3);
        assertThat(ada.get("/api/import?page_size=1").json().path("imports").path(0).path("id").asLong()).isEqualTo(id);
    }

    @Test
    void an_import_that_is_at_its_end_is_not_cancelled_any_more() {
        var ada = app.as("ada");
        long id = begin(ada, "[" + session("end", "End", "", answer("One")) + "]");
        awaitEnd(ada, id);

        assertThat(ada.delete("/api/import/" + id).json().path("status").asText()).isEqualTo("done");
    }

    static long begin(Client user, String file) {
        return begin(user, file.getBytes(UTF_8));
    }

    static long begin(Client user, byte[] file) {
        var begun = user.upload("/api/import", "export.json", file);
        assertThat(begun).hasStatus(202);
        return begun.json().path("id").asLong();
    }

    static JsonNode awaitEnd(Client user, long id) {
        Await.await(Duration.ofSeconds(60), () -> !user.get("/api/import/" + id).json().path("finished_at").isNull(),
                () -> user.get("/api/import/" + id).body());
        return user.get("/api/import/" + id + "?page_size=100").json();
    }

    static String session(String id, String title, String more, String... messages) {
        return "{\"id\":\"" + id + "\",\"title\":\"" + title + "\",\"model\":\"tiny\",\"updatedAt\":\"2026-01-02T03:04:05Z\",\"messages\":["
                + "{\"role\":\"user\"," + more + "\"content\":\"How?\"}," + String.join(",", messages) + "]}";
    }

    static String answer(String content) {
        return "{\"role\":\"assistant\",\"content\":\"" + content + "\"}";
    }

    private static long conversation(JsonNode ended) {
        return ended.path("report").path(0).path("conversation_id").asLong();
    }

    private static int titles(Client user, String title) {
        return user.get("/api/conversations?search=" + title).json().path("total").asInt();
    }
}
