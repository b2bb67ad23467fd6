package ollamaweb.messages;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.cutMidLine;
import static ollamaweb.testing.Script.hold;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import ollamaweb.testing.Client;
import ollamaweb.testing.Gate;
import ollamaweb.testing.Rows;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Branches and versions: messages 1 (question), 2 (answer), 3 and 4 are there at the beginning. */
class BranchApiTest {

    private static final String CONVERSATION = "/api/conversations/1";

    private static final String CHAT = "/api/chat/stream";

    @RegisterExtension
    final TestApp app = new TestApp();

    private Client ada;

    @BeforeEach
    void two_questions_and_their_answers() {
        ada = app.as("ada");
        app.ollama().model("tiny", say("answer"));
        ada.chat("{\"message\":\"first\",\"model_name\":\"tiny\"}");
        ada.chat("{\"message\":\"second\",\"conversation_id\":1}");
    }

    @Test
    void an_edited_question_is_a_version_beside_the_older_one_and_the_path_leads_to_it() {
        ask("\"message\":\"second, edited\",\"parent_id\":2");

        var messages = ada.messages(1);
        assertThat(contents(messages)).containsExactly("first", "answer", "second, edited", "answer");
        assertThat(messages.path(2).path("versions").toString()).isEqualTo("[3,5]");
        assertThat(messages.path(2).path("parent_id").asLong()).isEqualTo(2);
        assertThat(messages.path(3).path("versions").toString()).isEqualTo("[6]");
    }

    @Test
    void the_model_reads_the_path_and_nothing_else() {
        ask("\"message\":\"second, edited\",\"parent_id\":2");

        assertThat(app.ollama().lastChat().body().path("messages").findValuesAsText("content"))
                .containsExactly("first", "answer", "second, edited");
    }

    @Test
    void a_parent_that_is_null_is_a_new_beginning() {
        ask("\"message\":\"first, edited\",\"parent_id\":null");

        var messages = ada.messages(1);
        assertThat(contents(messages)).containsExactly("first, edited", "answer");
        assertThat(messages.path(0).path("parent_id").isNull()).isTrue();
        assertThat(messages.path(0).path("versions").toString()).isEqualTo("[1,5]");
    }

    @Test
    void a_question_may_follow_a_question() {
        ask("\"message\":\"and\",\"parent_id\":1");

        assertThat(contents(ada.messages(1))).containsExactly("first", "and", "answer");
    }

    @Test
    void counts_and_lists_follow_the_path() {
        ask("\"message\":\"first, edited\",\"parent_id\":null");

        assertThat(ada.get(CONVERSATION).json().path("message_count").asInt()).isEqualTo(2);
        var listed = ada.get("/api/conversations").json().path("conversations").path(0);
        assertThat(listed.path("message_count").asInt()).isEqualTo(2);
        assertThat(listed.path("current_message_id").asLong()).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"conversation_id, 99, Conversation not found", "parent_id, 99, Message not found"})
    void what_is_not_there_cannot_be_gone_on_from(String field, String id, String detail) {
        var body = "{\"message\":\"Hi\",\"conversation_id\":1,\"parent_id\":2}";

        assertThat(ada.post(CHAT, body.replaceAll("\"" + field + "\":\\d+", "\"" + field + "\":" + id))).isError(404, detail);
    }

    @Test
    void a_message_of_another_conversation_is_no_parent() {
        ada.chat("{\"message\":\"elsewhere\",\"model_name\":\"tiny\"}");

        assertThat(ada.post(CHAT, "{\"message\":\"Hi\",\"conversation_id\":1,\"parent_id\":5}")).isError(404, "Message not found");
    }

    @Test
    void a_stranger_cannot_branch_off() {
        assertThat(app.as("bob").post(CHAT, "{\"message\":\"Hi\",\"conversation_id\":1,\"parent_id\":2}"))
                .isError(404, "Conversation not found");
        assertThat(app.anonymous().post(CHAT, "{\"message\":\"Hi\",\"conversation_id\":1,\"parent_id\":2}")).hasStatus(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "{\"message\":\"Hi\",\"conversation_id\":1,\"parent_id\":\"2\"}; body.parent_id",
            "{\"message\":\"Hi\",\"model_name\":\"tiny\",\"parent_id\":2}; body.conversation_id",
            "{\"conversation_id\":1,\"regenerate\":true,\"parent_id\":2}; body.parent_id",
            "{\"conversation_id\":1,\"continue\":true,\"message_id\":2}; body.message_id",
            "{\"message\":\"Hi\",\"conversation_id\":1,\"message_id\":2}; body.message_id"})
    void fields_that_do_not_go_together_are_refused(String body, String field) {
        assertThat(ada.post(CHAT, body)).isInvalid(field);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void any_question_can_be_answered_again_by_its_id_or_that_of_an_answer(long messageId) {
        app.ollama().model("tiny", say("better"));

        ada.chat("{\"conversation_id\":1,\"regenerate\":true,\"message_id\":" + messageId + "}");

        var messages = ada.messages(1);
        assertThat(contents(messages)).containsExactly("first", "better");
        assertThat(messages.path(1).path("versions").toString()).isEqualTo("[2,5]");
        assertThat(app.ollama().lastChat().body().path("messages").findValuesAsText("content")).containsExactly("first");
    }

    @Test
    void a_version_of_an_answer_that_broke_off_takes_its_place_whatever_becomes_of_it() {
        app.ollama().model("tiny", say("bro").then(cutMidLine()));
        ask("\"message\":\"third\"");
        app.ollama().model("tiny", say("again").then(cutMidLine()));

        ada.chat("{\"conversation_id\":1,\"regenerate\":true}");

        assertThat(contents(ada.messages(1))).endsWith("third", "again");
    }

    @Test
    void what_is_not_there_cannot_be_answered_again() {
        assertThat(ada.post(CHAT, "{\"conversation_id\":1,\"regenerate\":true,\"message_id\":99}")).isError(404, "Message not found");
    }

    @Test
    void one_goes_back_to_a_version_and_the_conversation_goes_on_from_there() {
        ask("\"message\":\"second, edited\",\"parent_id\":2");

        var answer = ada.put(CONVERSATION, "{\"current_message_id\":4}");

        assertThat(answer).isOk();
        assertThat(contents(answer.json().path("messages"))).containsExactly("first", "answer", "second", "answer");
        ask("\"message\":\"third\"");
        assertThat(contents(ada.messages(1))).containsExactly("first", "answer", "second", "answer", "third", "answer");
    }

    @Test
    void a_path_leads_to_messages_of_its_own_conversation_only() {
        ada.chat("{\"message\":\"elsewhere\",\"model_name\":\"tiny\"}");

        assertThat(ada.put(CONVERSATION, "{\"current_message_id\":5}")).isError(404, "Message not found");
        assertThat(ada.put(CONVERSATION, "{\"current_message_id\":\"1\"}")).isInvalid("body.current_message_id");
        assertThat(app.as("bob").put(CONVERSATION, "{\"current_message_id\":1}")).isError(404, "Conversation not found");
        assertThat(ada.get(CONVERSATION).json().path("current_message_id").asLong()).isEqualTo(4);
    }

    @Test
    void the_whole_tree_is_shown_when_it_is_asked_for() {
        ask("\"message\":\"second, edited\",\"parent_id\":2");

        var tree = ada.get(CONVERSATION + "?all=true").json();

        assertThat(tree.path("messages").findValuesAsText("id")).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(tree.path("has_more").asBoolean()).isFalse();
        assertThat(tree.path("message_count").asInt()).isEqualTo(4);
        assertThat(ada.get(CONVERSATION + "?all=maybe")).isInvalid("query.all");
    }

    @Test
    void paging_back_follows_the_path() {
        ask("\"message\":\"second, edited\",\"parent_id\":2");

        var newest = ada.get(CONVERSATION + "?limit=2").json();
        var older = ada.get(CONVERSATION + "?limit=2&before=5").json();

        assertThat(newest.path("messages").findValuesAsText("id")).containsExactly("5", "6");
        assertThat(newest.path("has_more").asBoolean()).isTrue();
        assertThat(older.path("messages").findValuesAsText("id")).containsExactly("1", "2");
        assertThat(older.path("has_more").asBoolean()).isFalse();
    }

    @Test
    void one_answer_at_a_time_is_made_on_all_branches_together() {
        var gate = new Gate();
        app.ollama().model("tiny", say("slow").then(hold(gate)));
        try (var stream = ada.ask("{\"message\":\"third\",\"conversation_id\":1}")) {
            gate.awaitArrival();

            assertThat(ada.post(CHAT, "{\"message\":\"Hi\",\"conversation_id\":1,\"parent_id\":2}")).hasStatus(409);
            assertThat(ada.post(CHAT, "{\"conversation_id\":1,\"regenerate\":true,\"message_id\":2}")).hasStatus(409);

            gate.open();
            stream.rest();
        }
    }

    @Test
    void an_answer_tells_which_model_made_it_and_at_what_cost() {
        app.ollama().model("other", say("Hello").evalCount(3));

        ask("\"message\":\"third\",\"model_name\":\"other\"");

        var answer = ada.messages(1).path(5);
        assertThat(answer.path("model_name").asText()).isEqualTo("other");
        assertThat(answer.path("tokens_used").asInt()).isEqualTo(3);
        assertThat(answer.path("prompt_tokens").isNull()).isEqualTo(Rows.one(app.database(),
                "SELECT prompt_tokens FROM messages WHERE id = 6") == null);
        assertThat(ada.messages(1).path(4).path("model_name").isNull()).as("of a question").isTrue();
    }

    @Test
    void a_message_has_so_many_versions_and_no_more() {
        var versions = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> "{\"role\":\"user\",\"content\":\"v" + i + "\",\"id\":" + i + ",\"parent_id\":null}").toList();
        ada.post("/api/export/conversations/import", "{\"model_name\":\"tiny\",\"messages\":[" + String.join(",", versions) + "]}");

        assertThat(ada.messages(2).path(0).path("versions")).hasSize(200);
        assertThat(ada.post(CHAT, "{\"message\":\"one more\",\"conversation_id\":2,\"parent_id\":null}"))
                .isError(409, "A message can have at most 200 versions");
    }

    private void ask(String fields) {
        ada.chat("{\"conversation_id\":1," + fields + "}");
    }

    private static List<String> contents(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false).map(message -> message.path("content").asText()).toList();
    }
}
