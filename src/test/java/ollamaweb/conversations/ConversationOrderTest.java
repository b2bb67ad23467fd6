package ollamaweb.conversations;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Order in many conversations: what is pinned, archived and tagged, and the list filtered by it. */
class ConversationOrderTest {

    private static final String PATH = "/api/conversations";

    @RegisterExtension
    static final TestApp app = new TestApp();

    private static int people;

    private Client ada;
    private long first;
    private long second;
    private long third;

    @BeforeEach
    void three_conversations() {
        app.ollama().model("tiny", say("answer"));
        ada = app.as("ada" + ++people);
        first = ada.startsConversation("tiny");
        second = ada.startsConversation("tiny");
        third = ada.startsConversation("other");
    }

    @Test
    void pinned_ones_come_first_and_keep_their_order() {
        change(first, "\"pinned\":true");
        change(second, "\"pinned\":true");

        assertThat(ids("")).containsExactly(second, first, third);
        assertThat(ids("?pinned=true")).containsExactly(second, first);
        assertThat(ids("?pinned=false")).containsExactly(third);
        assertThat(ids("?page_size=1&page=3")).containsExactly(third);
    }

    @Test
    void archived_ones_are_listed_only_when_asked_for() {
        change(second, "\"archived\":true");

        assertThat(ids("")).containsExactly(third, first);
        assertThat(ids("?archived=true")).containsExactly(second);
        assertThat(ada.get(PATH).json().path("total").asInt()).isEqualTo(2);
        assertThat(ada.get(PATH + "/" + second)).isOk();
    }

    @Test
    void every_answer_that_shows_a_conversation_tells_how_it_is_filed() {
        var changed = change(first, "\"pinned\":true,\"archived\":true,\"tags\":[\" bread \",\"rye\",\"bread\"]");

        for (var shown : List.of(changed.json(), ada.get(PATH + "/" + first).json(), ada.get(PATH + "/" + first + "?all=true").json(),
                ada.get(PATH + "?archived=true").json().path("conversations").path(0))) {
            assertThat(shown.path("pinned").asBoolean()).isTrue();
            assertThat(shown.path("archived").asBoolean()).isTrue();
            assertThat(texts(shown.path("tags"))).containsExactly("bread", "rye");
        }
        assertThat(ada.post(PATH + "/" + first + "/fork", "{}").json().path("tags")).isEmpty();
    }

    @Test
    void to_file_a_conversation_is_no_news_in_it() {
        app.clock().advance(Duration.ofMinutes(1));
        change(first, "\"tags\":[\"bread\"],\"pinned\":true,\"archived\":false");
        change(first, "\"pinned\":false");
        assertThat(ids("")).containsExactly(third, second, first);

        change(first, "\"tags\":null,\"title\":\"Bread\"");

        assertThat(ids("")).containsExactly(first, third, second);
        assertThat(ada.get(PATH + "/" + first).json().path("tags")).isEmpty();
    }

    @Test
    void the_list_is_filtered_by_tag_model_and_favorites() {
        change(first, "\"tags\":[\"bread\",\"rye\"]");
        change(third, "\"tags\":[\"bread\"]");
        long message = ada.post("/api/chat/stream", "{\"message\":\"Hi\",\"conversation_id\":" + second + ",\"stream\":false}")
                .json().path("message_id").asLong();
        ada.put("/api/messages/" + message + "/favorite", "");

        assertThat(ids("?tag=bread")).containsExactly(third, first);
        assertThat(ids("?tag=bread&model_name=tiny")).containsExactly(first);
        assertThat(ids("?tag=Bread")).isEmpty();
        assertThat(ids("?model_name=other")).containsExactly(third);
        assertThat(ids("?favorite=true")).containsExactly(second);
        assertThat(ids("?favorite=false")).containsExactly(third, first);
        assertThat(ada.get(PATH + "?tag=rye").json().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void the_list_is_filtered_by_the_time_of_the_last_change() {
        app.clock().advance(Duration.ofHours(1));
        var now = app.clock().instant();
        change(first, "\"title\":\"later\"");

        assertThat(ids("?updated_after=" + now)).containsExactly(first);
        assertThat(ids("?updated_before=" + now)).containsExactly(third, second);
        assertThat(ids("?updated_after=" + now + "&updated_before=" + now)).isEmpty();
        assertThat(ids("?updated_after=2020-01-01")).hasSize(3);
        assertThat(ada.get(PATH + "?updated_after=yesterday")).isInvalid("query.updated_after");
        assertThat(ada.get(PATH + "?pinned=maybe")).isInvalid("query.pinned");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "\"tags\":[\"\"]; body.tags.0", "\"tags\":[\"a\",null]; body.tags.1", "\"tags\":\"bread\"; body.tags",
            "\"pinned\":\"yes\"; body.pinned", "\"archived\":1; body.archived"})
    void what_cannot_be_is_refused(String fields, String field) {
        assertThat(ada.put(PATH + "/" + first, "{" + fields + "}")).isInvalid(field);
    }

    @Test
    void a_conversation_has_at_most_twenty_tags() {
        var tags = IntStream.range(0, 20).mapToObj(i -> "tag " + i).toList();
        change(first, "\"tags\":" + Json.write(tags));

        assertThat(ada.put(PATH + "/" + second, "{\"tags\":" + Json.write(IntStream.range(0, 21).mapToObj(i -> "t" + i).toList()) + "}"))
                .isInvalid("body.tags");
        var batch = ada.post(PATH + "/batch", "{\"ids\":[" + first + "],\"action\":\"tag\",\"tag\":\"one more\"}").json();
        assertThat(batch.path("failed").path(0).path("detail").asText()).isEqualTo("A conversation can have at most 20 tags");
        assertThat(ada.get(PATH + "/" + first).json().path("tags")).hasSize(20);
    }

    @Test
    void an_export_carries_the_order_and_an_import_brings_it_back() {
        change(first, "\"pinned\":true,\"archived\":true,\"tags\":[\"bread\",\"r*e\"]");

        var imported = ada.post("/api/export/conversations/import", ada.get("/api/export/conversations/" + first + "/json").body());

        var copy = ada.get(PATH + "/" + imported.json().path("conversation_id").asLong()).json();
        assertThat(copy.path("pinned").asBoolean()).isTrue();
        assertThat(copy.path("archived").asBoolean()).isTrue();
        assertThat(texts(copy.path("tags"))).containsExactly("bread", "r*e");
        assertThat(ada.get("/api/export/conversations/" + first + "/markdown").body()).contains("- Tags: bread, r\\*e\n");
        assertThat(ada.post("/api/export/conversations/import", "{\"model_name\":\"tiny\",\"messages\":[],\"tags\":[\"\"]}"))
                .isInvalid("body.tags.0");
    }

    @Test
    void a_batch_does_the_same_to_many() {
        var both = "\"ids\":[" + first + "," + second + "," + first + "]";

        assertThat(batch(both + ",\"action\":\"pin\"")).containsExactly(first, second);
        assertThat(ids("?pinned=true")).containsExactly(second, first);
        batch(both + ",\"action\":\"unpin\"");
        assertThat(ids("?pinned=true")).isEmpty();
        batch(both + ",\"action\":\"archive\"");
        assertThat(ids("")).containsExactly(third);
        batch(both + ",\"action\":\"unarchive\"");
        batch(both + ",\"action\":\"tag\",\"tag\":\" bread \"");
        batch(both + ",\"action\":\"tag\",\"tag\":\"bread\"");
        assertThat(ids("?tag=bread")).containsExactly(second, first);
        batch(both + ",\"action\":\"untag\",\"tag\":\"bread\"");
        assertThat(ids("?tag=bread")).isEmpty();
        batch(both + ",\"action\":\"delete\"");
        assertThat(ids("")).containsExactly(third);
        assertThat(ada.get(PATH + "/" + first)).isError(404, "Conversation not found");
    }

    @Test
    void a_batch_names_those_that_are_not_ones_own() {
        var batch = app.as("bob").post(PATH + "/batch", "{\"ids\":[" + first + ",999999],\"action\":\"delete\"}").json();

        assertThat(batch.path("done")).isEmpty();
        assertThat(batch.path("failed").findValuesAsText("detail")).containsOnly("Conversation not found").hasSize(2);
        assertThat(ids("")).contains(first);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "{\"action\":\"pin\"}; body.ids", "{\"ids\":[],\"action\":\"pin\"}; body.ids", "{\"ids\":[null],\"action\":\"pin\"}; body.ids",
            "{\"ids\":[1]}; body.action", "{\"ids\":[1],\"action\":\"eat\"}; body.action", "{\"ids\":[1],\"action\":\"tag\"}; body.tag",
            "{\"ids\":[1],\"action\":\"untag\",\"tag\":\" \"}; body.tag"})
    void a_batch_that_cannot_be_is_refused(String body, String field) {
        assertThat(ada.post(PATH + "/batch", body)).isInvalid(field);
    }

    @Test
    void a_batch_has_at_most_a_thousand_ids() {
        var ids = IntStream.rangeClosed(1, 1001).boxed().toList();

        assertThat(ada.post(PATH + "/batch", "{\"ids\":" + Json.write(ids) + ",\"action\":\"pin\"}")).isInvalid("body.ids");
        assertThat(ada.post("/api/messages/batch", "{\"ids\":" + Json.write(ids) + ",\"action\":\"delete\"}")).isInvalid("body.ids");
    }

    @Test
    void messages_are_changed_and_deleted_together() {
        ada.post("/api/chat/stream", "{\"message\":\"one\",\"conversation_id\":" + first + ",\"stream\":false}");
        ada.post("/api/chat/stream", "{\"message\":\"two\",\"conversation_id\":" + first + ",\"stream\":false}");
        var ids = StreamSupport.stream(ada.messages(first).spliterator(), false).map(message -> message.path("id").asLong()).toList();

        assertThat(messages(ids, "favorite").path("done")).hasSize(4);
        assertThat(ada.get("/api/messages/favorites").json().path("total").asInt()).isEqualTo(4);
        messages(ids.subList(1, 4), "unfavorite");
        assertThat(ada.get("/api/messages/favorites").json().path("total").asInt()).isEqualTo(1);
        assertThat(messages(ids.subList(2, 4), "delete").path("failed")).isEmpty();
        assertThat(texts(ada.messages(first), "content")).containsExactly("one", "answer");
        assertThat(app.as("bob").post("/api/messages/batch", "{\"ids\":" + ids + ",\"action\":\"delete\"}").json().path("failed"))
                .hasSize(4);
        assertThat(ada.messages(first)).hasSize(2);
    }

    private JsonNode messages(List<Long> ids, String action) {
        return ada.post("/api/messages/batch", "{\"ids\":" + ids + ",\"action\":\"" + action + "\"}").json();
    }

    private Answer change(long id, String fields) {
        var answer = ada.put(PATH + "/" + id, "{" + fields + "}");
        assertThat(answer).isOk();
        return answer;
    }

    private List<Long> batch(String fields) {
        var done = ada.post(PATH + "/batch", "{" + fields + "}").json().path("done");
        return StreamSupport.stream(done.spliterator(), false).map(JsonNode::asLong).toList();
    }

    private List<Long> ids(String query) {
        return ada.get(PATH + query).json().path("conversations").findValues("id").stream().map(JsonNode::asLong).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static List<String> texts(JsonNode array, String field) {
        return array.findValuesAsText(field);
    }
}
