package ollamaweb.messages;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.cutMidLine;
import static ollamaweb.testing.Script.say;
import static ollamaweb.testing.Script.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.Event;
import ollamaweb.testing.Rows;
import ollamaweb.testing.SqliteOnly;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Long texts are kept compressed, which nobody sees. */
class LongTextTest {

    /** It goes in one answer with others. */
    private static final String LONG = "The beginning. " + "Grüße \uD83D\uDC4B and so on. ".repeat(200) + "The end of it.";
    /** 26 bytes. */
    private static final String SENTENCE = "Ein längerer Satz, \uD83D\uDC4B. ";
    /** It is read in pieces. */
    private static final String LONGER = "Once upon a time. " + SENTENCE.repeat(4_000) + "Their last day.";

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client ada;

    @BeforeEach
    void somebody() {
        ada = app.as("ada" + people++);
    }

    @Test
    void every_answer_has_the_texts_as_they_were_written() {
        long id = conversation(List.of("short", LONG, LONGER), LONG);
        assertKept(id, "text", "blob", "blob");

        assertThat(contents(ada.get("/api/conversations/" + id))).containsExactly("short", LONG, LONGER);
        assertThat(contents(ada.get("/api/conversations/" + id + "?all=true"))).containsExactly("short", LONG, LONGER);
        assertThat(ada.messages(id).findValuesAsText("thinking")).containsExactly(LONG, LONG, LONG);
        assertThat(contents(ada.get("/api/export/conversations/" + id + "/json"))).containsExactly("short", LONG, LONGER);
        assertThat(ada.get("/api/export/conversations/" + id + "/markdown").body()).contains("The beginning. Grüße", "The end of it.",
                "Their last day.");
        ada.put("/api/messages/" + ada.messages(id).path(1).path("id").asLong() + "/favorite", "");
        assertThat(ada.get("/api/messages/favorites").body()).contains(LONG);
    }

    @Test
    void a_long_text_is_found_by_any_part_of_it() {
        long id = conversation(List.of(LONG, LONGER), null);

        for (var query : List.of("the beginning", "GRÜẞE", "\uD83D\uDC4B and", "end of it", "LÄNGERER", "last day.")) {
            assertThat(found(query)).as(query).hasSize(1);
        }
        assertThat(found("e").size()).isEqualTo(2);
        assertThat(ada.post("/api/chat/search", "{\"query\":\"end of it\",\"conversation_id\":" + id + "}").body())
                .contains("The end of it.");
    }

    @Test
    void a_text_that_is_changed_is_found_as_it_is_now() {
        long id = conversation(List.of(LONG), null);
        Rows.change(app.database(),
                "UPDATE messages SET content = '" + LONG.replace("so on", "on and on") + "' WHERE conversation_id = " + id);
        app.awaitCompressed();
        app.awaitIndexed();

        assertThat(found("so on")).isEmpty();
        assertThat(found("on and on")).hasSize(1);
    }

    @Test
    void a_deleted_long_text_is_not_found_any_more() {
        long id = conversation(List.of("short", LONG, LONGER), null);

        assertThat(ada.delete("/api/conversations/" + id)).isOk();
        app.awaitPurged();

        assertThat(found("the end of it")).isEmpty();
        conversation(List.of("another"), null);
        assertThat(found("last day")).isEmpty();
        assertThat(found("another")).hasSize(1);
    }

    @Test
    void the_model_gets_the_whole_text() {
        long id = conversation(List.of(LONG, LONGER), null);
        app.ollama().model("tiny", say("Aha"));

        ada.chat("{\"message\":\"And then?\",\"conversation_id\":" + id + ",\"model_name\":\"tiny\"}");

        assertThat(app.ollama().lastChat().body().path("messages").findValuesAsText("content"))
                .containsExactly(LONG, LONGER, "And then?");
    }

    @Test
    void a_copy_has_the_long_texts_too() {
        long id = conversation(List.of(LONG, LONGER), LONG);

        var copy = ada.post("/api/conversations/" + id + "/fork", "{}").json().path("id").asLong();

        assertThat(contents(ada.get("/api/conversations/" + copy))).containsExactly(LONG, LONGER);
        assertThat(ada.messages(copy).findValuesAsText("thinking")).containsExactly(LONG, LONG);
        app.awaitIndexed();
        assertThat(found("end of it")).hasSize(2);
    }

    @Test
    void a_long_answer_that_broke_off_goes_on_where_it_was() {
        app.ollama().abilities("wise", "completion", "thinking").model("wise", thinking(LONG).then(say(LONG), cutMidLine()));
        long answer = answered("{\"message\":\"" + LONG + "\",\"model_name\":\"wise\",\"think\":true}");
        long id = Long.parseLong(Rows.one(app.database(), "SELECT conversation_id FROM messages WHERE id = " + answer));
        app.awaitCompressed();
        assertKept(id, "blob", "blob");
        app.ollama().model("wise", thinking(" Hm.").then(say(" Really.")));

        ada.chat("{\"conversation_id\":" + id + ",\"continue\":true,\"think\":true}");

        assertThat(ada.messages(id).findValuesAsText("content")).containsExactly(LONG, LONG + " Really.");
        assertThat(ada.messages(id).path(1).path("thinking").asText()).isEqualTo(LONG + " Hm.");
        app.awaitCompressed();
        app.awaitIndexed();
        assertKept(id, "blob", "blob");
        assertThat(found("it. Really")).hasSize(1);
    }

    @Test
    void a_client_that_comes_back_gets_the_rest_of_a_long_answer() {
        var half = SENTENCE.repeat(2_000);
        app.ollama().model("tiny", say("Once upon a time. ", half, half, "Their last day."));
        long answer = answered("{\"message\":\"Hi\",\"model_name\":\"tiny\"}");
        app.awaitCompressed();

        assertThat(text(ada.follow(answer).rest())).isEqualTo(LONGER);
        var place = "Once upon a time. ".length() + 2_000 * 26;
        try (var again = ada.open(ada.request("/api/chat/stream/" + answer).header("Last-Event-ID", String.valueOf(place)).build())) {
            assertThat(text(again.rest())).isEqualTo(half + "Their last day.");
        }
    }

    @Test
    @SqliteOnly
    void what_is_damaged_is_an_error_of_the_server_and_does_not_end_it() {
        long id = conversation(List.of(LONG), null);
        Rows.change(app.database(), "UPDATE messages SET content = CAST('damaged' AS BLOB) WHERE conversation_id = " + id);

        assertThat(ada.get("/api/conversations/" + id)).hasStatus(500);

        assertThat(ada.delete("/api/conversations/" + id)).isOk();
        app.awaitPurged();
        conversation(List.of("another"), null);
        assertThat(found("another")).hasSize(1);
    }

    @Test
    @SqliteOnly
    void thinking_is_compressed_however_it_came_in() {
        long id = conversation(List.of("short"), null);
        Rows.change(app.database(), "UPDATE messages SET thinking = '" + LONG + "' WHERE conversation_id = " + id);
        app.awaitCompressed();

        assertThat(Rows.one(app.database(), "SELECT typeof(thinking) FROM messages WHERE conversation_id = " + id)).isEqualTo("blob");
        assertThat(ada.messages(id).path(0).path("thinking").asText()).isEqualTo(LONG);
    }

    /** @return the id of the answer */
    private long answered(String question) {
        return ada.chat(question).stream().filter(event -> event.name().equals("message_created")).findFirst().orElseThrow().json()
                .path("answer_id").asLong();
    }

    /** Imported, indexed and compressed. */
    private long conversation(List<String> contents, String thinking) {
        var messages = contents.stream().map(content -> thinking == null
                ? Map.of("role", "user", "content", content)
                : Map.of("role", "assistant", "content", content, "thinking", thinking)).toList();
        long id = ada
                .post("/api/export/conversations/import", Json.write(Map.of("title", "Long", "model_name", "tiny", "messages", messages)))
                .json().path("conversation_id").asLong();
        app.awaitIndexed();
        app.awaitCompressed();
        return id;
    }

    private JsonNode found(String query) {
        return ada.post("/api/chat/search", Json.write(Map.of("query", query))).json();
    }

    /** @param forms how the contents are kept, oldest first */
    private static void assertKept(long conversationId, String... forms) {
        if (!TestDatabase.isPostgres()) {
            assertThat(Rows.one(app.database(), "SELECT group_concat(typeof(content)) FROM (SELECT content FROM messages"
                    + " WHERE conversation_id = " + conversationId + " ORDER BY id)")).isEqualTo(String.join(",", forms));
        }
    }

    private static List<String> contents(Answer answer) {
        assertThat(answer).isOk();
        return answer.json().path("messages").findValuesAsText("content");
    }

    private static String text(List<Event> events) {
        return events.stream().filter(event -> event.name().equals("token")).map(Event::content).collect(Collectors.joining());
    }
}
