package ollamaweb.messages;

import static ollamaweb.testing.Answer.assertThat;
import static ollamaweb.testing.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import ollamaweb.testing.Client;
import ollamaweb.testing.TestApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What searches, exports and imports make of branches: messages 1 to 4 are there at the beginning. */
class BranchExportTest {

    private static final String CONVERSATION = "/api/conversations/1";

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
    void a_search_tells_what_the_path_shows() {
        ask("\"message\":\"second, edited\",\"parent_id\":2");
        app.awaitIndexed();

        var hits = ada.post("/api/chat/search", "{\"query\":\"second\"}").json();

        assertThat(StreamSupport.stream(hits.spliterator(), false)
                .map(hit -> hit.path("message_id").asText() + " " + hit.path("on_current_path").asText()).toList())
                .containsExactly("5 true", "3 false");
    }

    @Test
    void an_export_has_the_tree_and_an_import_brings_it_back() {
        ask("\"message\":\"second, edited\",\"parent_id\":2");
        ada.put(CONVERSATION, "{\"current_message_id\":4}");
        ada.put("/api/messages/2/reaction", "{\"reaction\":\"👍\"}");
        ada.put("/api/messages/2/favorite", "");

        var imported = ada.post("/api/export/conversations/import", ada.get("/api/export/conversations/1/json").body());

        assertThat(imported).isOk();
        var messages = ada.messages(2);
        assertThat(contents(messages)).containsExactly("first", "answer", "second", "answer");
        assertThat(messages.path(2).path("versions")).hasSize(2);
        assertThat(messages.path(1).path("reaction").asText()).isEqualTo("👍");
        assertThat(messages.path(1).path("favorite").asBoolean()).isTrue();
        assertThat(messages.path(1).path("model_name").asText()).isEqualTo("tiny");
    }

    @Test
    void markdown_follows_the_path() {
        ask("\"message\":\"second, edited\",\"parent_id\":2");

        assertThat(ada.get("/api/export/conversations/1/markdown").body()).contains("second, edited").doesNotContain("second\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "[{\"role\":\"user\",\"content\":\"a\",\"parent_id\":1}]; body.messages.0.parent_id",
            "[{\"role\":\"user\",\"content\":\"a\",\"id\":1},{\"role\":\"user\",\"content\":\"b\",\"id\":1}]; body.messages.1.id",
            "[{\"role\":\"user\",\"content\":\"a\",\"reaction\":\"ab\"}]; body.messages.0.reaction",
            "[{\"role\":\"tool\",\"content\":\"a\",\"tool_calls\":{}}]; body.messages.0.tool_calls"})
    void messages_that_are_no_tree_are_not_imported(String messages, String field) {
        assertThat(ada.post("/api/export/conversations/import", "{\"model_name\":\"tiny\",\"messages\":" + messages + "}"))
                .isInvalid(field);
    }

    @Test
    void the_path_of_an_import_leads_to_one_of_its_messages() {
        assertThat(ada.post("/api/export/conversations/import",
                "{\"model_name\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"id\":1}],\"current_message_id\":2}"))
                .isInvalid("body.current_message_id");
    }

    private void ask(String fields) {
        ada.chat("{\"conversation_id\":1," + fields + "}");
    }

    private static List<String> contents(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false).map(message -> message.path("content").asText()).toList();
    }
}
