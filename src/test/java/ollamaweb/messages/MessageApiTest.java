package ollamaweb.messages;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import ollamaweb.testing.Client;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Await;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to a message by itself. The tree: 1 (question), 2 and 3 (answers), 4 (question after 2), 5 (answer). */
class MessageApiTest {

    private static final String TREE = """
            {"title":"Tree","model_name":"tiny","current_message_id":5,"messages":[
             {"id":1,"role":"user","content":"one"},
             {"id":2,"role":"assistant","content":"two"},
             {"id":3,"parent_id":1,"role":"assistant","content":"three"},
             {"id":4,"parent_id":2,"role":"user","content":"four"},
             {"id":5,"role":"assistant","content":"five"}]}""";

    @RegisterExtension
    final TestApp app = new TestApp();

    private Client ada;

    @BeforeEach
    void a_tree() {
        ada = app.as("ada");
        assertThat(ada.post("/api/export/conversations/import", TREE)).isOk();
    }

    @Test
    void a_message_is_deleted_with_all_that_hangs_on_it() {
        var answer = ada.delete("/api/messages/4");

        assertThat(answer).isOk();
        assertThat(answer.json().path("current_message_id").asLong()).isEqualTo(2);
        assertThat(tree()).containsExactly("one", "two", "three");
        assertThat(path()).containsExactly("one", "two");
        assertThat(ada.delete("/api/messages/4")).isError(404, "Message not found");
    }

    @Test
    void a_path_through_a_deleted_version_leads_to_the_newest_other_one() {
        ada.put("/api/conversations/1", "{\"current_message_id\":3}");

        ada.delete("/api/messages/3");

        assertThat(path()).containsExactly("one", "two", "four", "five");
        assertThat(ada.messages(1).path(1).path("versions").toString()).isEqualTo("[2]");
    }

    @Test
    void what_is_deleted_off_the_path_leaves_the_path_as_it_is() {
        ada.delete("/api/messages/3");

        assertThat(path()).containsExactly("one", "two", "four", "five");
    }

    @Test
    void without_its_beginning_a_conversation_is_empty_and_can_begin_anew() {
        ada.delete("/api/messages/1");

        assertThat(path()).isEmpty();
        assertThat(ada.get("/api/conversations/1").json().path("message_count").asInt()).isZero();
        app.ollama().model("tiny", say("Hello"));
        ada.chat("{\"message\":\"Hi\",\"conversation_id\":1}");
        assertThat(path()).containsExactly("Hi", "Hello");
    }

    @Test
    void what_is_deleted_is_not_found_any_more() {
        app.awaitIndexed();
        ada.put("/api/messages/5/favorite", "");

        ada.delete("/api/messages/4");

        assertThat(ada.post("/api/chat/search", "{\"query\":\"five\"}").body()).isEqualTo("[]");
        assertThat(ada.get("/api/messages/favorites").json().path("total").asInt()).isZero();
    }

    @Test
    void a_long_branch_is_deleted_in_steps() {
        var messages = IntStream.range(0, 1000).mapToObj(i -> "{\"role\":\"user\",\"content\":\"" + "m".repeat(500) + "\"}").toList();
        ada.post("/api/export/conversations/import", "{\"model_name\":\"tiny\",\"messages\":[" + String.join(",", messages) + "]}");

        assertThat(ada.delete("/api/messages/6")).isOk();

        assertThat(ada.get("/api/conversations/2?all=true").json().path("messages")).isEmpty();
        assertThat(Rows.one(app.database(), "SELECT count(*) FROM messages")).isEqualTo("5");
    }

    @Test
    void what_a_killed_server_was_deleting_is_gone_after_the_next_start() {
        Rows.change(app.database(), "UPDATE conversations SET current_message_id = 2");
        Rows.change(app.database(), "UPDATE messages SET deleted_at = '2026-01-01T00:00:00.000Z' WHERE id = 4");

        app.restart();

        ada = app.as("ada");
        Await.await(Duration.ofMinutes(1), () -> tree().equals(List.of("one", "two", "three")), () -> "still there: " + tree());
        assertThat(path()).containsExactly("one", "two");
    }

    @Test
    void an_answer_in_the_making_ends_when_it_is_deleted() {
        var gate = new Gate();
        app.ollama().model("tiny", say("slow").then(hold(gate)));
        try (var stream = ada.ask("{\"message\":\"Hi\",\"conversation_id\":1}")) {
            gate.awaitArrival();

            assertThat(ada.delete("/api/messages/7")).isOk();

            assertThat(stream.rest()).last().matches(event -> event.name().equals("error"));
            gate.open();
        }
        assertThat(path()).containsExactly("one", "two", "four", "five", "Hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"👍", "👨‍👩‍👧‍👦", "🇨🇭", "e\u0301", "!"})
    void a_reaction_is_one_character_as_people_see_it(String reaction) {
        assertThat(ada.put("/api/messages/2/reaction", "{\"reaction\":\"" + reaction + "\"}")).isOk();

        assertThat(ada.messages(1).path(1).path("reaction").asText()).isEqualTo(reaction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"reaction\":\"\"}", "{\"reaction\":\"ab\"}", "{\"reaction\":\"👍👍\"}", "{\"reaction\":\" \"}",
            "{\"reaction\":\"\\n\"}", "{\"reaction\":5}", "{}"})
    void anything_else_is_none(String body) {
        assertThat(ada.put("/api/messages/2/reaction", body)).isInvalid("body.reaction");
    }

    @Test
    void a_reaction_is_taken_away_by_null() {
        ada.put("/api/messages/2/reaction", "{\"reaction\":\"👍\"}");

        assertThat(ada.put("/api/messages/2/reaction", "{\"reaction\":null}")).isOk();

        assertThat(ada.messages(1).path(1).path("reaction").isNull()).isTrue();
    }

    @Test
    void favorites_are_listed_the_newest_message_first() {
        for (var id : List.of(2, 5, 1, 2)) {
            assertThat(ada.put("/api/messages/" + id + "/favorite", "")).isOk();
        }
        assertThat(ada.delete("/api/messages/1/favorite")).isOk();
        assertThat(ada.delete("/api/messages/3/favorite")).isOk();

        var all = ada.get("/api/messages/favorites").json();
        var second = ada.get("/api/messages/favorites?page=2&page_size=1").json();

        assertThat(all.path("messages").findValuesAsText("id")).containsExactly("5", "2");
        assertThat(all.path("total").asInt()).isEqualTo(2);
        assertThat(second.path("messages").findValuesAsText("id")).containsExactly("2");
        assertThat(second.path("total_pages").asInt()).isEqualTo(2);
        assertThat(ada.messages(1).path(1).path("favorite").asBoolean()).isTrue();
        assertThat(ada.get("/api/messages/favorites?page_size=101")).isInvalid("query.page_size");
    }

    @Test
    void favorites_are_each_users_own() {
        ada.put("/api/messages/2/favorite", "");

        assertThat(app.as("bob").get("/api/messages/favorites").json().path("total").asInt()).isZero();
    }

    @Test
    void only_who_signs_in_and_owns_a_message_can_do_anything_to_it() {
        for (var somebody : List.of(app.as("bob"), app.anonymous())) {
            int status = somebody.token() == null ? 401 : 404;
            assertThat(somebody.delete("/api/messages/2")).hasStatus(status);
            assertThat(somebody.put("/api/messages/2/reaction", "{\"reaction\":\"👍\"}")).hasStatus(status);
            assertThat(somebody.put("/api/messages/2/favorite", "")).hasStatus(status);
            assertThat(somebody.delete("/api/messages/2/favorite")).hasStatus(status);
            assertThat(somebody.post("/api/conversations/1/fork", "")).hasStatus(status);
        }
        assertThat(app.anonymous().get("/api/messages/favorites")).hasStatus(401);
        assertThat(ada.delete("/api/messages/x")).isInvalid("path.id");
        assertThat(path()).containsExactly("one", "two", "four", "five");
    }

    @Test
    void a_fork_is_a_copy_of_the_path() {
        ada.put("/api/messages/2/reaction", "{\"reaction\":\"👍\"}");

        var fork = ada.post("/api/conversations/1/fork", "");

        assertThat(fork).hasStatus(201).hasHeader("Location", "/api/conversations/2");
        assertThat(fork.json().path("title").asText()).isEqualTo("Tree");
        assertThat(fork.json().path("message_count").asInt()).isEqualTo(4);
        assertThat(ada.messages(2).findValuesAsText("content")).containsExactly("one", "two", "four", "five");
        assertThat(ada.messages(2).path(1).path("reaction").asText()).isEqualTo("👍");
        ada.delete("/api/messages/1");
        assertThat(ada.messages(2)).as("does not hang on what it was copied from").hasSize(4);
    }

    @Test
    void a_fork_goes_as_far_as_is_asked_for() {
        ada.post("/api/conversations/1/fork", "{\"message_id\":3}");

        assertThat(ada.messages(2).findValuesAsText("content")).containsExactly("one", "three");
        assertThat(ada.post("/api/conversations/1/fork", "{\"message_id\":99}")).isError(404, "Message not found");
        assertThat(ada.post("/api/conversations/1/fork", "{\"message_id\":\"3\"}")).isInvalid("body.message_id");
        assertThat(ada.post("/api/conversations/99/fork", "")).isError(404, "Conversation not found");
    }

    private List<String> path() {
        return ada.messages(1).findValuesAsText("content");
    }

    private List<String> tree() {
        return ada.get("/api/conversations/1?all=true").json().path("messages").findValuesAsText("content");
    }
}
