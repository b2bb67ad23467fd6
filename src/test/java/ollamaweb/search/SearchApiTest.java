package ollamaweb.search;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import ollamaweb.json.Json;
import ollamaweb.testing.Answer;
import ollamaweb.testing.Gate;
import ollamaweb.testing.TestApp;
import ollamaweb.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SearchApiTest {

    private static final String NOON = "2026-01-01T12:00:00.000Z";

    @RegisterExtension
    final TestApp app = new TestApp();

    private final MessageTable messages = new MessageTable(app);

    @Test
    void questions_and_answers_are_found_newest_first() {
        app.ollama().model("tiny", say("Foxes are ", "clever"));
        app.as("ada").chat("{\"message\":\"Tell me of foxes\",\"model_name\":\"tiny\"}");

        var answer = search("fox");

        assertThat(answer).isOk();
        assertThat(contents(answer)).containsExactly("Foxes are clever", "Tell me of foxes");
        var question = answer.json().path(1);
        assertThat(question.properties()).extracting(Map.Entry::getKey).containsExactly(
                "conversation_id", "message_id", "role", "content", "created_at", "snippet", "on_current_path");
        assertThat(question.path("conversation_id").asLong()).isEqualTo(1);
        assertThat(question.path("message_id").asLong()).isEqualTo(1);
        assertThat(question.path("role").asText()).isEqualTo("user");
        assertThat(question.path("created_at")).isEqualTo(app.as("ada").messages(1).path(0).path("created_at"));
    }

    @Test
    void order_is_by_date_then_id_whatever_came_first() {
        long conversation = conversation();
        messages.add(conversation, "fox 3", "2026-01-01T10:00:00.000Z");
        messages.add(conversation, "fox 7", "2026-01-01T12:00:00.000Z");
        messages.add(conversation, "fox 2", "2020-05-05T10:00:00.000Z");
        messages.add(conversation, "fox 1", "0001-01-01T00:00:00.000Z");
        messages.add(conversation, "fox 5", "2026-01-01T11:00:00.000Z");
        messages.add(conversation, "fox 6", "2026-01-01 11:30:00");
        messages.add(conversation, "fox 4", "2026-01-01T10:00:00.000Z");
        messages.add(conversation, "fox 8", "9999-12-31T23:59:59.999Z");

        assertThat(contents(search("fox"))).containsExactly("fox 8", "fox 7", "fox 6", "fox 5", "fox 4", "fox 3", "fox 2", "fox 1");
        assertThat(contents(search("fox", ",\"limit\":3"))).containsExactly("fox 8", "fox 7", "fox 6");
        assertThat(contents(search("f", ",\"limit\":5"))).containsExactly("fox 8", "fox 7", "fox 6", "fox 5", "fox 4");
        assertThat(search("fox 6").json().path(0).path("created_at").asText()).isEqualTo("2026-01-01T11:30:00.000Z");
        assertThat(search("fox 1").json().path(0).path("created_at").asText()).isEqualTo("0001-01-01T00:00:00.000Z");
    }

    @Test
    void fifty_are_shown_unless_fewer_are_asked_for() {
        messages.addAll(conversation(), IntStream.range(0, 60).mapToObj(i -> "fox " + i).toList());

        assertThat(contents(search("fox"))).hasSize(50).startsWith("fox 59", "fox 58").endsWith("fox 10");
        assertThat(contents(search("fox", ",\"limit\":1"))).containsExactly("fox 59");
        assertThat(contents(search("o", ",\"limit\":2"))).containsExactly("fox 59", "fox 58");
    }

    @Test
    void a_short_text_is_found_behind_any_number_of_newer_messages() {
        long conversation = conversation();
        messages.add(conversation, "the Ä in the zq", NOON);
        messages.add(conversation, IntStream.range(0, 1200).mapToObj(i -> "中" + Character.toString(0x5000 + i)).reduce("", String::concat),
                NOON);
        messages.add(conversation, IntStream.range(0, 1200).mapToObj(i -> "Ж" + Character.toString(0x5000 + i)).reduce("", String::concat),
                NOON);
        messages.addAll(conversation, IntStream.range(0, 1100).mapToObj(i -> "message " + i).toList());

        assertThat(contents(search("zq"))).containsExactly("the Ä in the zq");
        assertThat(contents(search("ä"))).containsExactly("the Ä in the zq");
        assertThat(contents(search("中"))).hasSize(1);
        assertThat(contents(search("ж"))).hasSize(1);
        assertThat(contents(search("№"))).isEmpty();
    }

    @Test
    void a_long_query_is_found_whole() {
        var text = "What would you do if you had to explain the difference between a list and a tree to a child of seven?";
        long conversation = conversation();
        messages.add(conversation, "So: " + text.toUpperCase(Locale.ROOT) + " Please.", NOON);
        messages.add(conversation, text.substring(0, text.length() - 1), NOON);

        assertThat(contents(search(text))).containsExactly("So: " + text.toUpperCase(Locale.ROOT) + " Please.");
    }

    @Test
    void an_answer_is_found_once_it_is_complete() {
        var gate = new Gate();
        app.ollama().model("tiny", say("A fox").then(hold(gate), say(" and a dog")));
        try (var stream = app.as("ada").ask("{\"message\":\"Hi\",\"model_name\":\"tiny\"}")) {
            app.ollama().awaitOpenStreams(1);
            assertThat(contents(search("fox"))).isEmpty();
            gate.open();
            stream.rest();
        }
        assertThat(contents(search("fox and"))).containsExactly("A fox and a dog");
    }

    @Test
    void what_a_killed_server_left_is_found_after_the_next_start() {
        messages.addStreaming(conversation(), "half a fox");
        assertThat(contents(search("fox"))).isEmpty();

        app.restart();

        assertThat(contents(search("half a fox"))).containsExactly("half a fox");
    }

    @Test
    void changed_text_is_found_as_it_is_now() {
        long id = messages.add(conversation(), "a fox", NOON);

        messages.change(id, "a wolf");

        assertThat(contents(search("fox"))).isEmpty();
        assertThat(contents(search("wolf"))).containsExactly("a wolf");
    }

    @Test
    void nothing_of_a_deleted_conversation_is_left() {
        long conversation = conversation();
        messages.add(conversation, "a fox", NOON);

        app.as("ada").delete("/api/conversations/" + conversation);

        assertThat(contents(search("fox"))).isEmpty();
        app.awaitPurged();
        assertThat(messages.count(TestDatabase.searchTable())).isZero();
        assertThat(TestDatabase.isPostgres() ? 0 : messages.count("search_vocabulary")).isZero();
    }

    @Test
    void one_conversation_can_be_searched_alone() {
        messages.add(conversation(), "a fox", NOON);
        long other = conversation();
        messages.add(other, "another fox", NOON);

        assertThat(contents(search("fox", ",\"conversation_id\":" + other))).containsExactly("another fox");
        assertThat(contents(search("fox", ",\"conversation_id\":null"))).hasSize(2);
    }

    @Test
    void another_users_messages_are_not_found() {
        long conversation = conversation();
        messages.add(conversation, "a secret fox", NOON);

        assertThat(app.as("bob").post("/api/chat/search", "{\"query\":\"fox\"}")).isJson("[]");
        assertThat(app.as("bob").post("/api/chat/search", "{\"query\":\"x\"}")).isJson("[]");
        assertThat(app.as("bob").post("/api/chat/search", "{\"query\":\"fox\",\"conversation_id\":" + conversation + "}"))
                .isError(404, "Conversation not found");
    }

    @Test
    void a_conversation_that_does_not_exist_is_not_found() {
        assertThat(search("fox", ",\"conversation_id\":99")).isError(404, "Conversation not found");
    }

    @Test
    void whoever_is_not_signed_in_finds_nothing() {
        assertThat(app.anonymous().post("/api/chat/search", "{\"query\":\"fox\"}")).isError(401, "API key is required");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThat(post("{}")).isInvalid("body.query");
        assertThat(post("{\"query\":null}")).isInvalid("body.query");
        assertThat(post("{\"query\":\"\"}")).isInvalid("body.query");
        assertThat(post("{\"query\":5}")).isInvalid("body.query");
        assertThat(search("x".repeat(501))).isInvalid("body.query");
        assertThat(search("fox", ",\"limit\":0")).isInvalid("body.limit");
        assertThat(search("fox", ",\"limit\":51")).isInvalid("body.limit");
        assertThat(search("fox", ",\"limit\":\"5\"")).isInvalid("body.limit");
        assertThat(search("fox", ",\"conversation_id\":\"one\"")).isInvalid("body.conversation_id");
        assertThat(search("🦊".repeat(500))).isOk();
    }

    private long conversation() {
        return app.as("ada").startsConversation("tiny");
    }

    private Answer search(String query) {
        return search(query, "");
    }

    private Answer search(String query, String more) {
        app.awaitIndexed();
        return post("{\"query\":" + Json.write(query) + more + "}");
    }

    private Answer post(String json) {
        return app.as("ada").post("/api/chat/search", json);
    }

    private static List<String> contents(Answer answer) {
        assertThat(answer).isOk();
        return StreamSupport.stream(answer.json().spliterator(), false).map(hit -> hit.path("content")).map(JsonNode::textValue).toList();
    }
}
